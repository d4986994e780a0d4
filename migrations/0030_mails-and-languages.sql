PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_mails` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`sitting_id` text,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`sitting_id`) REFERENCES `sittings`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_mails`("tenant_id", "id", "kind", "to", "subject", "sitting_id", "status", "created_at", "sent_at") SELECT "tenant_id", "id", "kind", "to", "subject", "sitting_id", "status", "created_at", "sent_at" FROM `mails`;--> statement-breakpoint
DROP TABLE `mails`;--> statement-breakpoint
ALTER TABLE `__new_mails` RENAME TO `mails`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `mails_newest` ON `mails` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `mails_of_sitting` ON `mails` (`tenant_id`,`sitting_id`,`created_at`,`id`);--> statement-breakpoint
ALTER TABLE `tenants` ADD `changed_at` integer DEFAULT 0 NOT NULL;