import { createApp } from "./app.ts";

export { ReadModel } from "./database/read-model.ts";
export { ExamSession } from "#durable-objects/exam-session/exam-session.ts";

export default createApp();
