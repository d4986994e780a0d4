ALTER TABLE `attempts` ADD `review` text;--> statement-breakpoint
ALTER TABLE `attempts` ADD `review_seq` integer DEFAULT 0 NOT NULL;