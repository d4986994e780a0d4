import { createScheduledController } from "cloudflare:test";
import worker from "#worker/index.ts";
import { env } from "#test/support/school.ts";

/** The Worker's cron fires, planned for `at`: all of what runs by itself, as the platform runs it. */
export async function runSchedule(at: number): Promise<void> {
  await worker.scheduled(createScheduledController({ scheduledTime: new Date(at), cron: "*/5 * * * *" }), env);
}
