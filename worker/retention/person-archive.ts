import { makeZip } from "client-zip";
import type { Segment } from "#domain/attempt/command.ts";
import type { IdentityPicture } from "#domain/attempt/identity-picture.ts";
import type { Still } from "#domain/attempt/still.ts";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { AttemptClass } from "#domain/retention/data-class.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import { sealToken } from "../auth/sealed-token.ts";
import { candidateReader, type Person } from "../database/candidate-reader.ts";
import { type PersonAttempt, retentionReader } from "../database/retention-reader.ts";
import { tenantReader } from "../database/tenant-reader.ts";
import type { Env, Settings } from "../env.ts";
import { pictureObjectOf, pictureTypeOf } from "../evidence/picture-object.ts";
import { playbackToken } from "../evidence/playback-token.ts";
import { objectOf } from "../evidence/recording-store.ts";
import { type ReadBack, sealedObjects } from "../evidence/sealed-objects.ts";
import { examSession } from "../exam-sessions.ts";
import type { Home } from "../home.ts";
import { type Asked, loggingFaults } from "../logging-faults.ts";
import { personReadme } from "./person-readme.ts";

type Asking = {
  readonly env: Pick<Env, "EXAM_SESSIONS">;
  readonly settings: Settings;
  readonly home: Home;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  /** Of this deployment's pages. */
  readonly origin: string;
  readonly asked: Asked;
};

type Entry = { readonly name: string; readonly input: string | Uint8Array | AsyncIterable<Uint8Array> };

type NotIncluded = { readonly name: string; readonly why: "missing" | "changed" | "too-large" };

/** Each object takes two requests to the bucket, and the platform gives a Worker 1,000 in all. */
const mostObjects = 400;

/** For so long the addresses are good of what is too large to be in the file. */
const linksMs = 24 * 3_600_000;

/**
 * [D11] [D14] Everything that is held on one person, as one ZIP: what the database, the sessions, the bucket and the audit
 * have. It is made as it is sent, and never whole in memory.
 */
export function personArchive(asking: Asking, person: Person): ReadableStream<Uint8Array> {
  return makeZip(loggingFaults(asking.asked, entriesOf(asking, person)));
}

async function* entriesOf(asking: Asking, person: Person): AsyncGenerator<Entry> {
  const { home, tenantId } = asking;
  const reader = retentionReader(home.database, tenantId);
  const people = candidateReader(home.database, tenantId);
  const madeAt = Date.now();
  const [{ name: institution, language }, periods, places, mails, audit] = await Promise.all([
    tenantReader(home.database, tenantId).sender(),
    reader.periods(),
    reader.attemptsOf(person.id),
    people.mailsTo(person),
    people.entriesAbout(person.id),
  ]);
  const { id, names, email } = person;
  const name = names.join(", ");
  const isOnHold = person.isHeld || places.some(({ isHeld }) => isHeld);
  yield { name: "README.txt", input: personReadme(language, { institution, person: name, madeAt, periods }) };
  yield json("person.json", { format: "invigil-person/2", madeAt, id, name, email, isOnHold });
  yield json("mails.json", mails);
  yield json(
    "audit.json",
    audit.map(({ number, entry }) => {
      // Where the staff asked from is about them, and theirs (GDPR, article 15, 4).
      const { from: _from, requestId: _request, ...said } = JSON.parse(entry) as AuditEntry;
      return { number, ...said };
    }),
  );
  const budget = { left: mostObjects };
  const notIncluded: NotIncluded[] = [];
  for (const [index, place] of places.entries()) {
    yield* entriesOfAttempt(asking, place, `exam-${index + 1}/`, budget, notIncluded);
  }
  if (notIncluded.length > 0) yield json("not-included.json", notIncluded);
}

async function* entriesOfAttempt(
  asking: Asking,
  { attemptId, examSessionId, name: called }: PersonAttempt,
  folder: string,
  budget: { left: number },
  notIncluded: NotIncluded[],
): AsyncGenerator<Entry> {
  const { env, settings, home, tenantId, memberId, origin } = asking;
  const session = examSession(env, examSessionId);
  const rows = await candidateReader(home.database, tenantId).rowsOf(attemptId);
  const [log, { stills, identity }, segments] = await Promise.all([
    session.signedLog(attemptId),
    session.pictures(attemptId),
    session.segments(attemptId),
  ]);
  const { registration, result, scores, violations, deleted } = rows;
  yield json(`${folder}place.json`, { attemptId, name: called, registration, result });
  yield json(
    `${folder}log.json`,
    (log?.texts ?? []).map((text) => JSON.parse(text) as unknown),
  );
  yield json(`${folder}scores.json`, scores);
  yield json(`${folder}violations.json`, violations);
  yield json(`${folder}deleted.json`, deleted);

  const recording = { tenantId, attemptId };
  const objects = sealedObjects(home.recordings, settings.recordingKey);
  const isGone = (part: AttemptClass) => deleted.some(({ of }) => of === part);

  async function bytesOf(name: string, object: string, sha256: string): Promise<Uint8Array | null> {
    budget.left -= 1;
    const found: ReadBack = await objects.read(recording, object, sha256);
    if (found.state === "intact") return found.bytes;
    notIncluded.push({ name, why: found.state });
    return null;
  }

  const pictures: readonly (Still | IdentityPicture)[] = [
    ...(isGone("identity") ? [] : identity),
    ...(isGone("snapshots") ? [] : stills),
  ];
  for (const picture of pictures) {
    const name = `${folder}pictures/${pictureNameOf(picture)}`;
    if (budget.left === 0) notIncluded.push({ name, why: "too-large" });
    else {
      const input = await bytesOf(name, pictureObjectOf(recording, picture), picture.sha256);
      if (input !== null) yield { name, input };
    }
  }

  if (isGone("recordings") || segments.length === 0) return;
  if (segments.length > budget.left) {
    const goodUntil = Date.now() + linksMs;
    const token = await sealToken(settings, playbackToken, { ...recording, examSessionId, memberId }, goodUntil);
    const pieces = segments.map(({ track, run, index, startsAt, endsAt, sha256 }) => {
      const url = `${origin}/v1/playback/${token}/${track}/${run}/${index}`;
      return { track, run, index, startsAt, endsAt, sha256, url };
    });
    notIncluded.push({ name: `${folder}recording/`, why: "too-large" });
    yield json(`${folder}recording/links.json`, { goodUntil, pieces });
    return;
  }
  for (const [run, pieces] of Map.groupBy(segments, ({ track, run: number }) => `${track}-${number}`)) {
    const name = `${folder}recording/${run}.webm`;
    yield { name, input: loggingFaults(asking.asked, piecesOf(name, pieces)) };
  }

  /** The pieces of one run are one WebM, cut as it was recorded: one after the other they are it again. */
  async function* piecesOf(name: string, pieces: readonly Segment[]): AsyncGenerator<Uint8Array> {
    for (const piece of pieces.toSorted((one, other) => one.index - other.index)) {
      const bytes = await bytesOf(`${name}#${piece.index}`, objectOf(recording, piece), piece.sha256);
      if (bytes !== null) yield bytes;
    }
  }
}

function pictureNameOf(picture: Still | IdentityPicture): string {
  const type = pictureTypeOf(picture) === "video/webm" ? "webm" : "jpg";
  if ("capture" in picture) return `${picture.capture}-${picture.at}.${type}`;
  return `violation-${picture.violation}-${picture.source}.${type}`;
}

function json(name: string, value: unknown): Entry {
  return { name, input: `${JSON.stringify(value, null, 2)}\n` };
}
