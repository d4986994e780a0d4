CREATE TABLE `audit_entries` (
	`tenant_id` text NOT NULL,
	`seq` integer NOT NULL,
	`source` text,
	`salt` text NOT NULL,
	`entry` text NOT NULL,
	`at` integer GENERATED ALWAYS AS ((entry ->> '$.at')) VIRTUAL,
	`kind` text GENERATED ALWAYS AS ((entry ->> '$.kind')) VIRTUAL,
	`actor` text GENERATED ALWAYS AS ((coalesce(entry ->> '$.who.id', entry ->> '$.who.kind'))) VIRTUAL,
	`subject` text GENERATED ALWAYS AS ((entry ->> '$.on.id')) VIRTUAL,
	PRIMARY KEY(`tenant_id`, `seq`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "audit_entries_json" CHECK(json_valid(entry))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_source` ON `audit_entries` (`tenant_id`,`source`);--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`tenant_id`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_kind` ON `audit_entries` (`tenant_id`,`kind`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`tenant_id`,`actor`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`tenant_id`,`subject`,`at`,`seq`);--> statement-breakpoint
CREATE TABLE `transparency_logs` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`log_id` text NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transparency_logs_log_id` ON `transparency_logs` (`log_id`);