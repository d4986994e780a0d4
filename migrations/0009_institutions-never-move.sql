-- drizzle-kit knows no triggers. A later migration that rebuilds tenants loses this one; a test tells.
CREATE TRIGGER tenants_never_move BEFORE UPDATE OF home ON tenants WHEN NEW.home <> OLD.home
BEGIN
	SELECT RAISE(ABORT, 'an institution never moves to another home');
END;
