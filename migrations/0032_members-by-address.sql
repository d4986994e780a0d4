DROP INDEX `members_email`;--> statement-breakpoint
CREATE UNIQUE INDEX `members_email` ON `members` (`email`) WHERE left_at is null;