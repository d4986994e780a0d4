ALTER TABLE `registrations` ADD `link_not_before` integer;--> statement-breakpoint
ALTER TABLE `registrations` ADD `link_opened_at` integer;--> statement-breakpoint
ALTER TABLE `registrations` ADD `link_revoked_at` integer;