import { beforeEach, describe, expect, it, vi } from "vitest";
import { consentTextOf } from "#domain/exam/consent.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { AttemptRecord } from "#protocol/http/review.ts";
import type { Result } from "#protocol/http/sitting.ts";
import {
  call,
  env,
  jsonOf,
  mallory,
  openSchools,
  type Person,
  problemOf,
  rosa,
  ruth,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";
import { asCandidate, asProctor, evict, type Stub, wayTo } from "#test/support/session-room.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";

let scheduled: Scheduled;
let ada: AttemptId;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  ada = scheduled.links[0]!.attemptId;
});

function room(): Stub {
  const { EXAM_SESSIONS } = env as unknown as { EXAM_SESSIONS: DurableObjectNamespace };
  return EXAM_SESSIONS.get(EXAM_SESSIONS.idFromName(scheduled.sitting.examSessionId)) as Stub;
}

/** Ada sits the exam, answers one question, and hands in. */
async function handIn() {
  const { content } = (await env.DB.prepare("select content from exam_versions").first<{ content: string }>())!;
  const text = consentTextCharacters(consentTextOf(JSON.parse(content) as ExamVersion));
  const textSha256 = await sha256Hex(new TextEncoder().encode(text));
  const stub = room();
  const candidate = await asCandidate(stub, ada);
  const proctor = await asProctor(stub);
  const { checked, waiting, admitted, open } = wayTo;
  await candidate.do({ type: "giveConsent", textSha256 });
  for (const [, command] of [...checked, ...waiting]) await candidate.do(command);
  for (const [, command] of admitted) await proctor.do(ada, command);
  for (const [, command] of open) await candidate.do(command);
  expect(await candidate.do({ type: "handIn" })).toMatchObject({ accepted: true });
  return { stub, candidate };
}

async function post(what: "hold" | "decisions", body: unknown, who: Person = ruth): Promise<Response> {
  return call("POST", `/v1/attempts/${ada}/${what}`, { cookie: await staffCookie(who), body });
}

async function recordOf(who: Person = ruth): Promise<AttemptRecord> {
  return jsonOf(await call("GET", `/v1/attempts/${ada}`, { cookie: await staffCookie(who) }));
}

async function resultIs(expected: Partial<Result>): Promise<void> {
  const path = `/v1/sittings/${scheduled.sitting.id}/results`;
  await vi.waitFor(
    async () => {
      const { results } = await jsonOf<{ results: Result[] }>(
        await call("GET", path, { cookie: await staffCookie(rosa) }),
      );
      expect(results.find(({ attemptId }) => attemptId === ada)).toMatchObject(expected);
    },
    { timeout: 5_000 },
  );
}

const reason = "A second voice is to be heard";

describe("a result", () => {
  it("[A131] is held and voided by people, who are named in its record, and the lists follow", async () => {
    const { candidate } = await handIn();
    expect((await post("hold", { reason })).status).toBe(204);
    await resultIs({ review: "held", points: 2 });
    const told = await candidate.until(() =>
      candidate.came.find((down) => down.type === "changed" && down.parts.review !== undefined),
    );
    expect(told).toMatchObject({ parts: { review: { state: "held", why: reason } } });
    expect((await post("decisions", { verdict: "voided", reason: "It read the questions out" }, rosa)).status).toBe(
      204,
    );
    await resultIs({ review: "voided", points: null });
    const { hold, score } = await recordOf();
    expect(score?.points).toBe(2);
    expect(hold).toMatchObject({
      by: { memberId: ruth.id },
      decisions: [{ by: { memberId: rosa.id }, verdict: "voided", reason: "It read the questions out" }],
      outcome: { verdict: "voided" },
    });
  });

  it("[A135] is decided once, and a request that is sent again changes nothing", async () => {
    await handIn();
    expect((await problemOf(await post("decisions", { verdict: "stands", reason }))).code).toBe("refused");
    await post("hold", { reason });
    const events = async () => (await recordOf()).events.length;
    const before = await events();
    for (const status of [204, 204])
      expect((await post("decisions", { verdict: "stands", reason })).status).toBe(status);
    expect(await events()).toBe(before + 1);
    expect((await problemOf(await post("decisions", { verdict: "voided", reason }))).code).toBe("refused");
    await resultIs({ review: "stands", points: 2 });
    expect((await post("hold", { reason: "The candidate appealed" }, rosa)).status).toBe(204);
    await resultIs({ review: "held" });
  });

  it("[A132] is not held or decided without a reason, and not before the end", async () => {
    expect((await problemOf(await post("hold", { reason }))).code).toBe("refused");
    await handIn();
    await post("hold", { reason });
    for (const body of [{ verdict: "voided", reason: "  " }, { verdict: "voided" }, { verdict: "failed", reason }]) {
      expect((await problemOf(await post("decisions", body))).code).toBe("bad-request");
    }
    expect((await problemOf(await post("hold", { reason: " " }))).code).toBe("bad-request");
    await resultIs({ review: "held" });
  });

  it("is nobody's to hold or decide in another school", async () => {
    await handIn();
    expect((await problemOf(await post("hold", { reason }, mallory))).code).toBe("not-found");
    await post("hold", { reason });
    expect((await problemOf(await post("decisions", { verdict: "voided", reason }, mallory))).code).toBe("not-found");
    expect((await recordOf()).hold).toMatchObject({ decisions: [], outcome: null });
  });

  it("[R7] stays held, with what was decided so far, when the room sleeps in the middle", async () => {
    const { stub } = await handIn();
    await post("hold", { reason });
    await evict(stub);
    expect((await recordOf()).hold).toMatchObject({ why: reason, by: { memberId: ruth.id }, outcome: null });
    await post("decisions", { verdict: "voided", reason });
    await evict(stub);
    expect((await recordOf()).hold).toMatchObject({ outcome: { verdict: "voided", by: { memberId: ruth.id } } });
    await resultIs({ review: "voided" });
  });
});
