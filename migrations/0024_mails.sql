CREATE TABLE `mails` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`sitting_id` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`sitting_id`) REFERENCES `sittings`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mails_newest` ON `mails` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `mails_of_sitting` ON `mails` (`tenant_id`,`sitting_id`,`created_at`,`id`);--> statement-breakpoint
ALTER TABLE `tenants` ADD `language` text DEFAULT 'en' NOT NULL;