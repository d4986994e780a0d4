-- drizzle-kit knows no triggers. A later migration that rebuilds audit_entries loses this one; a test tells.
-- Without a leaf the comparison before was neither true nor false, and an entry could lose its text with nothing left of it.
DROP TRIGGER audit_entries_never_change;
--> statement-breakpoint
CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries
WHEN NOT (
	OLD.leaf IS NULL AND NEW.leaf IS NOT NULL AND length(NEW.leaf) = 44 AND NEW.salt = '' AND NEW.entry = '{}'
	AND NEW.source IS NULL AND NEW.tenant_id = OLD.tenant_id AND NEW.seq = OLD.seq
)
BEGIN
	SELECT RAISE(ABORT, 'an audit entry never changes');
END;
