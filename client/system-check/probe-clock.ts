import { clockPath, serverClockSchema } from "#protocol/http/system-check.ts";
import { request } from "../http/request.ts";
import { createClock } from "../session/clock.ts";

const samples = 5;

/** How far (ms) the device's clock is ahead of the server's, measured as the exam measures it; null without an answer. */
export async function probeClock(stopped: AbortSignal): Promise<number | null> {
  const clock = createClock();
  for (let sample = 0; sample < samples; sample += 1) {
    const { sentAt } = clock.question();
    const answer = await request(serverClockSchema, "GET", clockPath, undefined, stopped);
    if (answer.ok) clock.answer({ type: "clock", sentAt, serverNow: answer.value.serverNow });
  }
  const serverNow = clock.serverNow();
  return serverNow === null ? null : Date.now() - serverNow;
}
