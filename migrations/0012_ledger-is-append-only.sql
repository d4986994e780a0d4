-- drizzle-kit knows no triggers. A later migration that rebuilds one of these tables loses its own; a test tells.
-- "INSERT OR REPLACE" takes a row out without asking a trigger of DELETE: what is there already is refused before.
CREATE TRIGGER ledger_entries_follow BEFORE INSERT ON ledger_entries
BEGIN
	SELECT RAISE(ABORT, 'ledger entries are numbered from 1 without gaps')
	WHERE NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM ledger_entries WHERE tenant_id = NEW.tenant_id);
	SELECT RAISE(ABORT, 'a ledger entry is entered once')
	WHERE EXISTS (SELECT 1 FROM ledger_entries WHERE tenant_id = NEW.tenant_id AND key = NEW.key);
END;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_take_back_what_was BEFORE INSERT ON ledger_entries WHEN NEW.reverses IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'a ledger entry is taken back once')
	WHERE EXISTS (SELECT 1 FROM ledger_entries WHERE tenant_id = NEW.tenant_id AND reverses = NEW.reverses);
	SELECT RAISE(ABORT, 'a ledger entry is taken back exactly as it was')
	WHERE NOT EXISTS (
		SELECT 1 FROM ledger_entries AS taken
		WHERE taken.tenant_id = NEW.tenant_id AND taken.number = NEW.reverses AND taken.amount = NEW.amount
			AND taken.paid_from = NEW.paid_to AND taken.paid_to = NEW.paid_from AND taken.attempt_id IS NEW.attempt_id
	);
END;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_never_change BEFORE UPDATE ON ledger_entries
BEGIN
	SELECT RAISE(ABORT, 'a ledger entry never changes');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_never_go BEFORE DELETE ON ledger_entries
BEGIN
	SELECT RAISE(ABORT, 'a ledger entry is never deleted');
END;
