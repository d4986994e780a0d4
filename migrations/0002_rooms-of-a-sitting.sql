CREATE TABLE `sitting_leads` (
	`tenant_id` text NOT NULL,
	`sitting_id` text NOT NULL,
	`member_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `sitting_id`, `member_id`),
	FOREIGN KEY (`tenant_id`,`sitting_id`) REFERENCES `sittings`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`member_id`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `exam_sessions` ADD `number` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `exam_sessions` ADD `capacity` integer DEFAULT 200 NOT NULL;--> statement-breakpoint
ALTER TABLE `exam_sessions` ADD `taken` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `exam_sessions` ADD `region` text;--> statement-breakpoint
ALTER TABLE `exam_sessions` ADD `jurisdiction` text;--> statement-breakpoint
CREATE UNIQUE INDEX `exam_sessions_number` ON `exam_sessions` (`tenant_id`,`sitting_id`,`number`);--> statement-breakpoint
ALTER TABLE `sittings` ADD `room_capacity` integer DEFAULT 200 NOT NULL;--> statement-breakpoint
ALTER TABLE `sittings` ADD `region` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `jurisdiction` text;