import { expect, it } from "vitest";
import { brand, type MemberId } from "#domain/exam/ids.ts";
import { policyFrom } from "#domain/integrity/policy.ts";
import { noDetail } from "#domain/integrity/signal.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { ada, asCandidate, asProctor, bringTo, evict, openRoom, storedLog } from "#test/support/session-room.ts";

const ruth = { memberId: brand<MemberId>("member-ruth"), name: "Ruth" };
const rosa = { memberId: brand<MemberId>("member-rosa"), name: "Rosa" };

/** A policy that hands in when text is pasted, and lets two people decide. */
function policy() {
  const { pasted } = policyFrom("strict").rules;
  if (pasted === undefined) throw new Error("the strict policy looks for what is pasted");
  return policyFrom("strict", { rules: { pasted: { ...pasted, response: "hand-in" } }, identity: [], reviewers: 2 });
}

it("[A134] what the policy handed in is decided by two people, through an eviction between them", async () => {
  const stub = await openRoom({ exam: { ...firstAid, durationMs: 3_600_000, integrity: policy() } });
  const candidate = await asCandidate(stub);
  await bringTo("open", candidate, await asProctor(stub));
  const pasted = { type: "reportMoment", kind: "pasted", detail: noDetail, agoMs: 0 } as const;
  expect(await candidate.do(pasted)).toMatchObject({ accepted: true });
  expect((await stub.record(ada))?.attempt).toMatchObject({
    status: "handed-in",
    cause: "policy",
    hold: { by: { kind: "system" }, reviewers: 2, outcome: null },
  });

  const voided = { type: "decideReview", verdict: "voided", reason: "I see what was pasted" } as const;
  expect(await stub.review(ada, ruth, voided)).toMatchObject({ accepted: true });
  await evict(stub);
  const log = await storedLog(stub);
  expect(await stub.review(ada, ruth, voided)).toMatchObject({ accepted: true });
  expect(await storedLog(stub), "a resend after the eviction").toEqual(log);
  expect(await stub.review(ada, ruth, { ...voided, verdict: "stands" })).toEqual({
    accepted: false,
    refusal: "already-decided",
  });
  expect((await stub.record(ada))?.attempt).toMatchObject({ hold: { outcome: null } });
  expect(await stub.review(ada, rosa, { ...voided, verdict: "stands" })).toMatchObject({ accepted: true });
  expect((await stub.record(ada))?.attempt).toMatchObject({ hold: { outcome: null } });
  const third = { memberId: brand<MemberId>("member-olu"), name: "Olu" };
  expect(await stub.review(ada, third, { ...voided, verdict: "stands" })).toMatchObject({ accepted: true });
  await evict(stub);
  expect((await stub.record(ada))?.attempt).toMatchObject({
    score: { points: 2 },
    hold: { outcome: { verdict: "stands", by: { name: "Olu" } } },
  });
});
