import { createApp } from "./app.ts";

export { AuditTrail } from "./database/audit-trail.ts";
export { ReadModel } from "./database/read-model.ts";
export { ExamSession } from "#durable-objects/exam-session/exam-session.ts";
export { SignInGuard } from "#durable-objects/sign-in-guard/sign-in-guard.ts";
export { TransparencyLog } from "#durable-objects/transparency-log/transparency-log.ts";

// oxlint-disable-next-line import/no-default-export -- the runtime looks for the Worker there
export default createApp();
