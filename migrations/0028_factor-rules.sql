CREATE TABLE `factor_rules` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`is_demanded` integer NOT NULL,
	`provider_answers` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `sign_ins` ADD `way` text DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE `sign_ins` ADD `has_shown_factor` integer DEFAULT false NOT NULL;