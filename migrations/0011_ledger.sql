CREATE TABLE `ledger_entries` (
	`tenant_id` text NOT NULL,
	`number` integer NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`paid_from` text NOT NULL,
	`paid_to` text NOT NULL,
	`amount` integer NOT NULL,
	`attempt_id` text,
	`reverses` integer,
	`reason` text,
	`usage` text,
	`change` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `number`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`attempt_id`) REFERENCES `attempts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`reverses`) REFERENCES `ledger_entries`(`tenant_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_entries_codes" CHECK(key not glob '*[^A-Za-z0-9:._-]*' and coalesce(usage ->> '$.model', '') not glob '*[^A-Za-z0-9:._-]*'),
	CONSTRAINT "ledger_entries_amount" CHECK(typeof(amount) = 'integer' and amount > 0),
	CONSTRAINT "ledger_entries_change" CHECK(change = case 'balance' when paid_to then amount when paid_from then -amount else 0 end),
	CONSTRAINT "ledger_entries_sides" CHECK(case kind
        when 'credit' then paid_from = 'issued' and paid_to = 'balance'
        when 'debit' then paid_from = 'balance' and paid_to = 'attempts' and attempt_id is not null
        when 'refund' then paid_from = 'attempts' and paid_to = 'balance' and attempt_id is not null
          and reverses is not null and reason is not null
        when 'correction' then reverses is not null
        when 'ai-usage' then paid_from = 'balance' and paid_to = 'ai' and usage is not null and json_valid(usage)
        else 0 end),
	CONSTRAINT "ledger_entries_reversal" CHECK(reverses is null or kind in ('refund', 'correction'))
);
--> statement-breakpoint
CREATE INDEX `ledger_entries_change` ON `ledger_entries` (`tenant_id`,`at`,`change`);--> statement-breakpoint
CREATE INDEX `ledger_entries_kind` ON `ledger_entries` (`tenant_id`,`kind`,`number`);--> statement-breakpoint
CREATE INDEX `ledger_entries_attempt` ON `ledger_entries` (`tenant_id`,`attempt_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_key` ON `ledger_entries` (`tenant_id`,`key`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_reverses` ON `ledger_entries` (`tenant_id`,`reverses`);--> statement-breakpoint
CREATE TABLE `ledger_limits` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`overdraft` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_limits_overdraft" CHECK(typeof(overdraft) = 'integer' and overdraft >= 0)
);
