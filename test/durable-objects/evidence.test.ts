import { createHash, createPublicKey, verify } from "node:crypto";
import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Segment } from "#domain/attempt/command.ts";
import type { ExamSession } from "#durable-objects/exam-session/exam-session.ts";
import { parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { append, emptyFrontier, leafHash, rootOf } from "#domain/evidence/merkle.ts";
import { inclusionProof, verifyInclusion } from "#domain/evidence/proof.ts";
import { brand, type RegistrationId } from "#domain/exam/ids.ts";
import { parseNote, signaturesBy } from "#domain/evidence/signed-note.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import {
  ada,
  adasBrowser,
  asCandidate,
  asProctor,
  bringTo,
  evict,
  openRoom,
  storedLog,
} from "#test/support/session-room.ts";

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest());

async function handedIn() {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  await bringTo("open", candidate, await asProctor(stub));
  await candidate.do({ type: "handIn" });
  const acks = candidate.came.filter((down) => down.type === "acks");
  const checkpoint = acks.at(-1)?.checkpoint ?? "";
  const leaves = (await storedLog(stub))
    // grace's registration is a leaf of another attempt's tree
    .filter((text) => !text.includes("registration-grace"))
    .map((text) => leafHash(new TextEncoder().encode(text), sha256));
  return { stub, checkpoint, leaves };
}

const recovery = firstAid.sections[0]!.items[0]!.id;

const segment: Segment = {
  track: "camera",
  run: 0,
  index: 0,
  sha256: "a".repeat(64),
  bytes: 1_000,
  startsAt: Date.now(),
  endsAt: Date.now() + 4_000,
};

describe("evidence", () => {
  it("[R8] the receipt is signed over the very bytes that are stored", async () => {
    const { checkpoint, leaves } = await handedIn();
    const note = parseNote(checkpoint);
    const jwk = JSON.parse(env.CHECKPOINT_SIGNING_KEY ?? "");
    const publicKey = new Uint8Array(Buffer.from(jwk.x, "base64url"));
    const signatures = signaturesBy(note!, "invigil.test", publicKey, sha256);
    expect(signatures).toHaveLength(1);
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: jwk.x }, format: "jwk" });
    expect(verify(null, new TextEncoder().encode(note!.body), key, signatures[0]!)).toBe(true);

    const tree = leaves.reduce((frontier, leaf) => append(frontier, leaf, sha256), emptyFrontier);
    expect(parseCheckpoint(note!.body)).toMatchObject({ size: leaves.length, root: rootOf(tree, sha256) });
  });

  it("[R8] every stored event is provably in the receipt's tree, and a changed one is not", async () => {
    const { checkpoint, leaves } = await handedIn();
    const { root, size } = parseCheckpoint(parseNote(checkpoint)!.body)!;
    for (const [index, leaf] of leaves.entries()) {
      const proof = inclusionProof(leaves, index, size, sha256);
      expect(verifyInclusion({ index, size, leafHash: leaf, root, proof }, sha256)).toBe(true);
      const changed = leafHash(new TextEncoder().encode(`changed ${index}`), sha256);
      expect(verifyInclusion({ index, size, leafHash: changed, root, proof }, sha256)).toBe(false);
    }
  });

  it("[R8] words that are awkward to store are in the tree as they were said, and come back so", async () => {
    const stub = await openRoom();
    const candidate = await asCandidate(stub);
    const said = ["a\u0000b", "half a \ud83d", "\udc00", "\u2028", "é e\u0301", "\ufeff", "__proto__"];
    for (const text of said) {
      expect(await candidate.do({ type: "sendMessage", text: `<${text}>` })).toMatchObject({ accepted: true });
    }
    await evict(stub);
    const record = await stub.record(ada);
    expect(record?.attempt).toMatchObject({ file: { messages: said.map((text) => ({ text: `<${text}>` })) } });
    const leaves = (await storedLog(stub))
      .filter((text) => !text.includes("registration-grace"))
      .map((text) => leafHash(new TextEncoder().encode(text), sha256));
    const tree = leaves.reduce((frontier, leaf) => append(frontier, leaf, sha256), emptyFrontier);
    const { body } = parseNote(record!.checkpoint)!;
    expect(parseCheckpoint(body)).toMatchObject({ size: leaves.length, root: rootOf(tree, sha256) });
  });

  it("[E22] each acknowledged batch of work brings a checkpoint with that work in it, also when it is sent again", async () => {
    const stub = await openRoom();
    const candidate = await asCandidate(stub);
    await bringTo("open", candidate, await asProctor(stub));
    const save = { type: "saveAnswer", itemId: recovery, response: null, agoMs: 0 } as const;
    const receipts = () => candidate.came.flatMap((down) => (down.type === "acks" ? [down] : []));

    for (const batch of [["a"], ["b", "c", "d"], ["a"]]) {
      const before = receipts().length;
      await Promise.all(batch.map((id) => candidate.do(save, id)));
      for (const { acks, checkpoint } of receipts().slice(before)) {
        const { size, root } = parseCheckpoint(parseNote(checkpoint ?? "")!.body)!;
        const texts = (await stub.signedLog(ada))!.texts.slice(0, size);
        for (const { outcome } of acks) expect(outcome.accepted && outcome.seq).toBeLessThanOrEqual(size);
        const leaves = texts.map((text) => leafHash(new TextEncoder().encode(text), sha256));
        const tree = leaves.reduce((frontier, leaf) => append(frontier, leaf, sha256), emptyFrontier);
        expect(rootOf(tree, sha256)).toEqual(root);
      }
      expect(receipts().length).toBeGreaterThan(before);
    }
    await candidate.do({ type: "handIn" });
    expect(receipts().at(-1)?.checkpoint).toContain(`/${ada}\n`);
    // What was refused is no work that was taken.
    await candidate.do({ type: "visitItem", itemId: recovery });
    expect(receipts().at(-1)?.checkpoint).toBeNull();
  });

  it("refuses to register another in an attempt's place, and says so", async () => {
    const stub = await openRoom();
    const registration = { attemptId: ada, registrationId: brand<RegistrationId>("another"), name: "Eve" };
    // Asked inside the object: what is thrown through a stub is reported as uncaught too.
    const refusal = await runInDurableObject(stub, (session: ExamSession) =>
      session.register([registration]).then(String, String),
    );
    expect(refusal).toContain("is registered for somebody else");
    expect(await stub.record(ada)).toMatchObject({ attempt: { file: { name: "Ada" } } });
  });

  it("[A61] a segment is stored once: again changes nothing, other bytes are refused", async () => {
    const { stub } = await handedIn();
    const first = await stub.storeSegment(ada, adasBrowser, segment);
    expect(first).toMatchObject({ accepted: true });
    const log = await storedLog(stub);
    expect(await stub.storeSegment(ada, adasBrowser, segment)).toEqual(first);
    expect(await stub.storeSegment(ada, adasBrowser, { ...segment, sha256: "b".repeat(64) })).toEqual({
      accepted: false,
      refusal: "segment-differs",
    });
    expect(await storedLog(stub)).toEqual(log);
    expect(await stub.segments(ada)).toEqual([segment]);
    expect(await stub.storedHashes(ada, [segment, { ...segment, index: 1 }])).toEqual([segment.sha256, null]);
  });
});
