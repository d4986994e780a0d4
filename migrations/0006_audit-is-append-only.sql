-- drizzle-kit knows no triggers. A later migration that rebuilds one of these tables loses its own; a test tells.
CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
BEGIN
	SELECT RAISE(ABORT, 'audit entries are numbered from 1 without gaps')
	WHERE NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_entries WHERE tenant_id = NEW.tenant_id);
END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_name_their_log AFTER INSERT ON audit_entries WHEN NEW.seq = 1
BEGIN
	INSERT INTO transparency_logs (tenant_id, log_id) VALUES (NEW.tenant_id, lower(hex(randomblob(16))));
END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries
BEGIN
	SELECT RAISE(ABORT, 'an audit entry never changes');
END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_never_go BEFORE DELETE ON audit_entries
BEGIN
	SELECT RAISE(ABORT, 'an audit entry is never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER transparency_logs_never_change BEFORE UPDATE ON transparency_logs
BEGIN
	SELECT RAISE(ABORT, 'the name of a transparency log never changes');
END;
--> statement-breakpoint
CREATE TRIGGER transparency_logs_never_go BEFORE DELETE ON transparency_logs
BEGIN
	SELECT RAISE(ABORT, 'the name of a transparency log is never deleted');
END;
