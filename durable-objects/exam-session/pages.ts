import type { Attempt, Registered } from "#domain/attempt/state.ts";
import { readsOnly } from "#domain/attempt/writer.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { silentAfterMs } from "./silence.ts";
import { closeQuietly, type Identity, type Sockets } from "./sockets.ts";
import { asSystem, type Order } from "./turn.ts";

type Page = Extract<Identity, { role: "candidate" }>;

/** What a page's coming does to the attempt: it writes, or it only reads beside the page that does. [A121] */
export function ordersOfComing(
  { attemptId, page }: Page,
  isReading: boolean,
  attempt: Registered,
  sockets: Sockets,
  now: EpochMs,
): readonly Order[] {
  const writer = attempt.file.writing.page;
  const isWriterHere =
    writer !== null && sockets.page(attemptId, writer).some((socket) => sockets.heardAt(socket) + silentAfterMs > now);
  const coming = { page, isReading, isWriterHere };
  const attend = asSystem(attemptId, { type: "attend", ...coming });
  // That it came is noted the first time [I55]; a broken line that comes back to go on reading is nothing new.
  if (readsOnly(attempt, coming)) return isReading ? [] : [attend];
  return [attend, asSystem(attemptId, { type: "regainConnection" })];
}

/** [R4] A page has one socket: its newest. */
export function closeOlder({ attemptId, page }: Page, sockets: Sockets): void {
  for (const older of sockets.page(attemptId, page)) closeQuietly(older, closeCodes.replaced, "this page came anew");
}

/** [R28] The attempt has gone to another browser: what this one showed of it, it hears no more. */
export function closeOtherBrowsers(
  attemptId: AttemptId,
  before: Attempt | null,
  after: Attempt,
  sockets: Sockets,
): void {
  const browser = browserOf(after);
  if (browser === browserOf(before)) return;
  for (const socket of sockets.candidate(attemptId)) {
    const identity = sockets.identityOf(socket);
    if (identity.role === "candidate" && identity.browser === browser) continue;
    closeQuietly(socket, closeCodes.notAllowed, "the attempt is another browser's now");
  }
}

function browserOf(attempt: Attempt | null): string | null {
  return attempt !== null && "consent" in attempt ? attempt.consent.browser : null;
}
