CREATE TABLE `kept_answers` (
	`tenant_id` text NOT NULL,
	`actor` text NOT NULL,
	`name` text NOT NULL,
	`request` text NOT NULL,
	`status` integer,
	`body` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `actor`, `name`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
