CREATE TABLE `attempts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`exam_session_id` text NOT NULL,
	`status` text NOT NULL,
	`opened_at` integer,
	`closed_at` integer,
	`points` real,
	`out_of` real,
	`status_seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`id`) REFERENCES `registrations`(`tenant_id`,`attempt_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`exam_session_id`) REFERENCES `exam_sessions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `candidates` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `exam_sessions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`sitting_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`sitting_id`) REFERENCES `sittings`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exam_sessions_sitting` ON `exam_sessions` (`tenant_id`,`sitting_id`);--> statement-breakpoint
CREATE TABLE `exam_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`exam_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`content` text NOT NULL,
	`published_at` integer NOT NULL,
	`published_by` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`exam_id`) REFERENCES `exams`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`published_by`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exam_versions_number` ON `exam_versions` (`tenant_id`,`exam_id`,`number`);--> statement-breakpoint
CREATE TABLE `exams` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`draft` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `item_scores` (
	`tenant_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`item_id` text NOT NULL,
	`points` real NOT NULL,
	`out_of` real NOT NULL,
	`answered` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `attempt_id`, `item_id`),
	FOREIGN KEY (`tenant_id`,`attempt_id`) REFERENCES `attempts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `member_roles` (
	`tenant_id` text NOT NULL,
	`member_id` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `member_id`, `role`),
	FOREIGN KEY (`tenant_id`,`member_id`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "member_roles_role" CHECK(role in ('admin', 'author', 'proctor', 'reviewer', 'auditor'))
);
--> statement-breakpoint
CREATE TABLE `members` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "members_email_lower" CHECK(email = lower(email))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_email` ON `members` (`email`);--> statement-breakpoint
CREATE TABLE `proctor_assignments` (
	`tenant_id` text NOT NULL,
	`exam_session_id` text NOT NULL,
	`member_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `exam_session_id`, `member_id`),
	FOREIGN KEY (`tenant_id`,`exam_session_id`) REFERENCES `exam_sessions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`member_id`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `proctor_assignments_member` ON `proctor_assignments` (`tenant_id`,`member_id`);--> statement-breakpoint
CREATE TABLE `registrations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`sitting_id` text NOT NULL,
	`exam_session_id` text NOT NULL,
	`candidate_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`link_hash` text NOT NULL,
	`link_expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`sitting_id`) REFERENCES `sittings`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`exam_session_id`) REFERENCES `exam_sessions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`candidate_id`) REFERENCES `candidates`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registrations_link` ON `registrations` (`link_hash`);--> statement-breakpoint
CREATE INDEX `registrations_sitting` ON `registrations` (`tenant_id`,`sitting_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `registrations_attempt` ON `registrations` (`tenant_id`,`attempt_id`);--> statement-breakpoint
CREATE TABLE `sittings` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`exam_version_id` text NOT NULL,
	`title` text NOT NULL,
	`opens_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`exam_version_id`) REFERENCES `exam_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sittings_window" CHECK(opens_at < closes_at)
);
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `violations` (
	`tenant_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`severity` text NOT NULL,
	`reason` text NOT NULL,
	`started_at` real NOT NULL,
	`noted_at` real NOT NULL,
	`confidence` real,
	PRIMARY KEY(`tenant_id`, `attempt_id`, `seq`),
	FOREIGN KEY (`tenant_id`,`attempt_id`) REFERENCES `attempts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
);
