-- drizzle-kit knows no triggers. A later migration that rebuilds member_roles loses this one; a test tells.
CREATE TRIGGER member_roles_keep_an_admin AFTER DELETE ON member_roles
WHEN OLD.role = 'admin' AND NOT EXISTS (
	SELECT 1 FROM member_roles WHERE tenant_id = OLD.tenant_id AND role = 'admin'
)
BEGIN
	SELECT RAISE(ABORT, 'an institution keeps an administrator');
END;
