-- drizzle-kit knows no triggers. A later migration that rebuilds registrations loses these two; a test tells.
-- Every sitting so far is one room, whose proctors watch the whole of it.
UPDATE exam_sessions SET taken = (
	SELECT count(*) FROM registrations
	WHERE registrations.tenant_id = exam_sessions.tenant_id AND registrations.exam_session_id = exam_sessions.id
);
--> statement-breakpoint
UPDATE exam_sessions SET capacity = taken WHERE taken > capacity;
--> statement-breakpoint
INSERT INTO sitting_leads (tenant_id, sitting_id, member_id)
SELECT DISTINCT proctor_assignments.tenant_id, exam_sessions.sitting_id, proctor_assignments.member_id
FROM proctor_assignments JOIN exam_sessions
	ON exam_sessions.tenant_id = proctor_assignments.tenant_id AND exam_sessions.id = proctor_assignments.exam_session_id;
--> statement-breakpoint
CREATE TRIGGER registrations_take_a_place BEFORE INSERT ON registrations
BEGIN
	SELECT RAISE(ABORT, 'room-full') FROM exam_sessions
	WHERE tenant_id = NEW.tenant_id AND id = NEW.exam_session_id AND taken >= capacity;
	UPDATE exam_sessions SET taken = taken + 1 WHERE tenant_id = NEW.tenant_id AND id = NEW.exam_session_id;
END;
--> statement-breakpoint
CREATE TRIGGER registrations_give_a_place_back AFTER DELETE ON registrations
BEGIN
	UPDATE exam_sessions SET taken = taken - 1 WHERE tenant_id = OLD.tenant_id AND id = OLD.exam_session_id;
END;
