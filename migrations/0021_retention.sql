CREATE TABLE `deleted_parts` (
	`tenant_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`class` text NOT NULL,
	`rule` text NOT NULL,
	`deleted_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `attempt_id`, `class`),
	FOREIGN KEY (`tenant_id`,`attempt_id`) REFERENCES `attempts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `erasures` (
	`tenant_id` text NOT NULL,
	`candidate_id` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`done_at` integer,
	PRIMARY KEY(`tenant_id`, `candidate_id`),
	FOREIGN KEY (`tenant_id`,`candidate_id`) REFERENCES `candidates`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`asked_by`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `legal_holds` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`attempt_id` text,
	`candidate_id` text,
	`sitting_id` text,
	`reason` text NOT NULL,
	`placed_at` integer NOT NULL,
	`placed_by` text NOT NULL,
	`released_at` integer,
	`released_by` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`attempt_id`) REFERENCES `attempts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`candidate_id`) REFERENCES `candidates`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`sitting_id`) REFERENCES `sittings`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`placed_by`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`released_by`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "legal_holds_one" CHECK((attempt_id is not null) + (candidate_id is not null) + (sitting_id is not null) = 1)
);
--> statement-breakpoint
CREATE INDEX `legal_holds_attempt` ON `legal_holds` (`tenant_id`,`attempt_id`);--> statement-breakpoint
CREATE INDEX `legal_holds_candidate` ON `legal_holds` (`tenant_id`,`candidate_id`);--> statement-breakpoint
CREATE INDEX `legal_holds_sitting` ON `legal_holds` (`tenant_id`,`sitting_id`);--> statement-breakpoint
CREATE TABLE `retention_periods` (
	`tenant_id` text NOT NULL,
	`class` text NOT NULL,
	`days` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `class`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `retention_runs` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`started_by` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`deleted` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`is_more` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`started_by`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `retention_runs_started` ON `retention_runs` (`tenant_id`,`started_at`);--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `leaf` text;