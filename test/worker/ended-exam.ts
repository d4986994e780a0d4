import { vi } from "vitest";
import type { AttemptId, ExamSessionId, TenantId } from "#domain/exam/ids.ts";
import { type MediaClass, mediaClasses } from "#domain/retention/data-class.ts";
import { dayMs } from "#domain/retention/period.ts";
import { asCandidate, asProctor, type Stub, wayTo } from "#test/support/session-room.ts";
import { env, type Scheduled, settings } from "#test/support/school.ts";
import { folderOf } from "#worker/evidence/attempt-key.ts";
import { pictureObjectOf } from "#worker/evidence/picture-object.ts";
import { objectOf } from "#worker/evidence/recording-store.ts";
import { sealedObjects } from "#worker/evidence/sealed-objects.ts";
import { examSession } from "#worker/exam-sessions.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";

const bytes = new TextEncoder().encode("four seconds");
const sha256 = await sha256Hex(bytes);
/** What every object of these attempts holds. */
export const keptPicture = { sha256, bytes: bytes.byteLength };
/** Nothing of it was deleted yet. */
export function isNever(): Promise<boolean> {
  return Promise.resolve(false);
}
const objects = sealedObjects(env.RECORDINGS, settings.recordingKey);

export type Ended = {
  readonly tenantId: TenantId;
  readonly attemptId: AttemptId;
  readonly examSessionId: ExamSessionId;
  readonly candidateId: string;
  /** A checkpoint from the middle of the attempt, and one from its end. */
  readonly receipts: readonly string[];
};

/** What each class of an attempt has in the bucket. */
function namesOf(of: Pick<Ended, "tenantId" | "attemptId">): Readonly<Record<MediaClass, readonly string[]>> {
  return {
    recordings: [
      objectOf(of, { track: "camera", run: 0, index: 0 }),
      objectOf(of, { track: "screen", run: 0, index: 0 }),
    ],
    snapshots: [pictureObjectOf(of, { violation: 3, source: "camera", sha256 })],
    identity: [pictureObjectOf(of, { capture: "face", sha256 })],
  };
}

export async function keepMedia(of: Pick<Ended, "tenantId" | "attemptId">): Promise<void> {
  for (const name of Object.values(namesOf(of)).flat()) await objects.keep(of, name, bytes, sha256, isNever);
}

/** Of which classes everything can still be read. */
export async function readable(of: Pick<Ended, "tenantId" | "attemptId">): Promise<readonly MediaClass[]> {
  const found = await Promise.all(
    mediaClasses.map(async (each) => {
      const read = await Promise.all(namesOf(of)[each].map((name) => objects.read(of, name, sha256)));
      return read.every(({ state }) => state === "intact") ? [each] : [];
    }),
  );
  return found.flat();
}

/** The objects of an attempt as a copy of the bucket has them, and how to bring them back. */
export async function copyOf(of: Pick<Ended, "tenantId" | "attemptId">): Promise<() => Promise<void>> {
  const { objects: listed } = await env.RECORDINGS.list({ prefix: folderOf(of) });
  const kept = listed.filter(({ key }) => !key.endsWith("/key"));
  const copies = await Promise.all(
    kept.map(async ({ key }) => ({ key, stored: await (await env.RECORDINGS.get(key))!.arrayBuffer() })),
  );
  return async () => {
    for (const { key, stored } of copies) await env.RECORDINGS.put(key, stored);
  };
}

/** The candidate of this place sits in the exam: the paper is open. */
export async function beginExam({ sitting, links }: Scheduled, place: number) {
  const { attemptId } = links[place]!;
  const stub = examSession(env, sitting.examSessionId) as Stub;
  const line = await asCandidate(stub, attemptId, `browser-of-place-${place}-00001`);
  const lin = await asProctor(stub);
  for (const acts of [wayTo.consented, wayTo.checked, wayTo.waiting, wayTo.admitted, wayTo.open]) {
    for (const [who, command] of acts) {
      if (command.type === "giveConsent") await line.consent();
      else if (who === "ada") await line.do(command);
      else await lin.do(attemptId, command);
    }
  }
  return {
    stub,
    line,
    /** Everybody leaves. */
    leave: () => {
      line.close();
      // A mark that is on its way is answered by nobody then.
      lin.isReading = false;
      lin.close();
    },
  };
}

/** The candidate of this place sits the exam, hands in, and has everything recorded; that was `daysAgo`. */
export async function sitAndEnd(scheduled: Scheduled, place: number, daysAgo: number): Promise<Ended> {
  const { attemptId } = scheduled.links[place]!;
  const row = await env.DB.prepare(
    "select tenant_id as tenantId, candidate_id as candidateId, exam_session_id as examSessionId from registrations where attempt_id = ?",
  )
    .bind(attemptId)
    .first<Pick<Ended, "tenantId" | "candidateId" | "examSessionId">>();
  const { stub, line, leave } = await beginExam(scheduled, place);
  const middle = (await stub.record(attemptId))!.checkpoint;
  await line.do({ type: "handIn" });
  leave();
  const receipts = [middle, (await stub.record(attemptId))!.checkpoint];
  const ended = { ...row!, attemptId, receipts };
  await keepMedia(ended);
  await vi.waitFor(async () => {
    const closedAt = await env.DB.prepare("select closed_at from attempts where id = ? and points is not null")
      .bind(attemptId)
      .first("closed_at");
    if (closedAt === null) throw new Error("not told yet");
  });
  await ageTo(ended, daysAgo);
  return ended;
}

/** As if it had ended so many days ago. */
export async function ageTo({ attemptId }: Pick<Ended, "attemptId">, daysAgo: number): Promise<void> {
  await env.DB.prepare("update attempts set closed_at = ? where id = ?")
    .bind(Date.now() - daysAgo * dayMs - 1_000, attemptId)
    .run();
}
