-- drizzle-kit knows no triggers. A later migration that rebuilds one of these tables loses its own; a test tells.
-- An entry that somebody listens for is an event of theirs, in the same transaction. While they are paused it is kept as failed.
CREATE TRIGGER audit_entries_are_told AFTER INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM webhook_endpoints WHERE tenant_id = NEW.tenant_id)
BEGIN
	INSERT INTO webhook_deliveries (tenant_id, id, webhook_id, event, kind, status, tries, answer, created_at, due_at)
	SELECT NEW.tenant_id, lower(hex(randomblob(12))), listener.id, NEW.seq, wanted.value,
		CASE listener.state WHEN 'paused' THEN 'failed' ELSE 'waiting' END, 0,
		CASE listener.state WHEN 'paused' THEN 'paused' END, NEW.entry ->> '$.at', 0
	FROM webhook_endpoints AS listener, json_each(listener.listens_for) AS wanted
	WHERE listener.tenant_id = NEW.tenant_id AND listener.state <> 'off' AND wanted.value = NEW.entry ->> '$.kind';
END;
