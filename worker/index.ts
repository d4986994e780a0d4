import { createApp } from "./app.ts";
import type { Env } from "./env.ts";
import { onSchedule } from "./outgoing/on-schedule.ts";
import type { OutgoingMessage } from "./outgoing/outgoing-message.ts";
import { takeBatch } from "./outgoing/take-batch.ts";
import { refundFailedAttempts } from "./refund-failed-attempts.ts";
import { runScheduledRetention } from "./retention/scheduled.ts";

export { AuditTrail } from "./database/audit-trail.ts";
export { ReadModel } from "./database/read-model.ts";
export { ExamSession } from "#durable-objects/exam-session/exam-session.ts";
export { SignInGuard } from "#durable-objects/sign-in-guard/sign-in-guard.ts";
export { TransparencyLog } from "#durable-objects/transparency-log/transparency-log.ts";

const { fetch } = createApp();

// oxlint-disable-next-line import/no-default-export -- the runtime looks for the Worker there
export default {
  fetch,
  queue: takeBatch,
  async scheduled({ scheduledTime }, env) {
    // None waits for another, nor is held up by what fails there.
    const parts = await Promise.allSettled([
      onSchedule(env, scheduledTime),
      runScheduledRetention(env, scheduledTime),
      refundFailedAttempts(env, scheduledTime),
    ]);
    const faults = parts.flatMap((part): unknown[] => (part.status === "rejected" ? [part.reason] : []));
    // The platform counts the run as failed, and keeps what it threw.
    if (faults.length > 0) throw new AggregateError(faults, "A part of the scheduled run failed");
  },
} satisfies ExportedHandler<Env, OutgoingMessage>;
