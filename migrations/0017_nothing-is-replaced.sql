-- "INSERT OR REPLACE" takes a row out without asking a trigger of UPDATE or DELETE: these ask before the row is written.
-- drizzle-kit knows no triggers. A later migration that rebuilds one of these tables loses its own; a test tells.
CREATE TRIGGER audit_entries_are_entered_once BEFORE INSERT ON audit_entries WHEN NEW.source IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'an audit entry is entered once')
	WHERE EXISTS (SELECT 1 FROM audit_entries WHERE tenant_id = NEW.tenant_id AND source = NEW.source);
END;
--> statement-breakpoint
CREATE TRIGGER transparency_logs_are_named_once BEFORE INSERT ON transparency_logs
BEGIN
	SELECT RAISE(ABORT, 'the name of a transparency log never changes')
	WHERE EXISTS (SELECT 1 FROM transparency_logs WHERE tenant_id = NEW.tenant_id OR log_id = NEW.log_id);
END;
--> statement-breakpoint
-- Of two who publish at the same moment the second finds its number taken, and writes nothing: that is no fault.
CREATE TRIGGER exam_versions_are_published_once BEFORE INSERT ON exam_versions
BEGIN
	SELECT RAISE(ABORT, 'a published exam version never changes')
	WHERE EXISTS (SELECT 1 FROM exam_versions WHERE tenant_id = NEW.tenant_id AND id = NEW.id);
	SELECT RAISE(IGNORE)
	WHERE EXISTS (
		SELECT 1 FROM exam_versions WHERE tenant_id = NEW.tenant_id AND exam_id = NEW.exam_id AND number = NEW.number
	);
END;
--> statement-breakpoint
CREATE TRIGGER tenants_stay_where_they_are BEFORE INSERT ON tenants
BEGIN
	SELECT RAISE(ABORT, 'an institution never moves to another home')
	WHERE EXISTS (SELECT 1 FROM tenants WHERE id = NEW.id AND home <> NEW.home);
END;
