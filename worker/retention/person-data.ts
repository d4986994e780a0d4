import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { dataClasses, keepings } from "#domain/retention/data-class.ts";
import type { PersonData } from "#protocol/http/retention.ts";
import { sealToken } from "../auth/sealed-token.ts";
import { candidateReader, type Person } from "../database/candidate-reader.ts";
import { retentionReader, type PersonAttempt } from "../database/retention-reader.ts";
import type { Env, Settings } from "../env.ts";
import { pictureToken, pictureTokenMs } from "../evidence/picture-token.ts";
import { playbackToken, playbackTokenMs } from "../evidence/playback-token.ts";
import { examSession } from "../exam-sessions.ts";
import type { Home } from "../home.ts";

type Asking = {
  readonly env: Pick<Env, "EXAM_SESSIONS">;
  readonly settings: Settings;
  readonly home: Home;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
};

/** [D11] Everything that is held on one person: what the database, the sessions, the bucket and the audit have. */
export async function personDataOf(asking: Asking, person: Person & { readonly isHeld: boolean }): Promise<PersonData> {
  const { home, tenantId } = asking;
  const reader = retentionReader(home.database, tenantId);
  const people = candidateReader(home.database, tenantId);
  const [periods, places, sent, audit] = await Promise.all([
    reader.periods(),
    reader.attemptsOf(person.id),
    people.mailsTo(person),
    people.entriesAbout(person.id),
  ]);
  const attempts: PersonData["attempts"] = [];
  for (const place of places) {
    const rows = await people.rowsOf(place.attemptId);
    attempts.push({ attemptId: place.attemptId, ...rows, ...(await inSession(asking, place)) });
  }
  const { id, name, email } = person;
  return {
    format: "invigil-person/1",
    madeAt: Date.now(),
    purposes: dataClasses.map((of) => ({
      of,
      holds: keepings[of].holds,
      purpose: keepings[of].purpose,
      days: periods[of],
    })),
    person: { id, name, email },
    attempts,
    mails: sent,
    audit: [...audit],
    isOnHold: person.isHeld || places.some(({ isHeld }) => isHeld),
  };
}

async function inSession(
  { env, settings, tenantId, memberId }: Asking,
  { examSessionId, attemptId }: PersonAttempt,
): Promise<Pick<PersonData["attempts"][number], "events" | "erasedAt" | "pictures" | "recording">> {
  const session = examSession(env, examSessionId);
  const [log, { stills, identity }, segments] = await Promise.all([
    session.signedLog(attemptId),
    session.pictures(attemptId),
    session.segments(attemptId),
  ]);
  const claims = { tenantId, examSessionId, attemptId, memberId };
  const [pictures, playback] = await Promise.all([
    sealToken(settings, pictureToken, claims, Date.now() + pictureTokenMs),
    sealToken(settings, playbackToken, claims, Date.now() + playbackTokenMs),
  ]);
  return {
    events: [...(log?.texts ?? [])],
    erasedAt: log?.erased?.at ?? null,
    pictures: [...stills, ...identity].map(({ sha256 }) => ({ sha256, url: `/v1/pictures/${pictures}/${sha256}` })),
    recording: segments.map(({ track, run, index, startsAt, endsAt }) => ({
      track,
      run,
      index,
      startsAt,
      endsAt,
      url: `/v1/playback/${playback}/${track}/${run}/${index}`,
    })),
  };
}
