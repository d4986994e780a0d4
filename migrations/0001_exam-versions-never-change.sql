-- drizzle-kit knows no triggers. A later migration that rebuilds exam_versions loses these two; a test tells.
CREATE TRIGGER exam_versions_never_change BEFORE UPDATE ON exam_versions
BEGIN
	SELECT RAISE(ABORT, 'a published exam version never changes');
END;
--> statement-breakpoint
CREATE TRIGGER exam_versions_never_go BEFORE DELETE ON exam_versions
BEGIN
	SELECT RAISE(ABORT, 'a published exam version is never deleted');
END;
