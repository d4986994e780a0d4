import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HandedOutLog, type PublishedKey, verifyReceipt } from "#domain/evidence/receipt.ts";
import { keyLabelOf } from "#domain/evidence/signed-note.ts";
import { signingSystem, verifyEd25519 } from "#test/support/signed-receipt.ts";
import { sha256 } from "./hash.ts";

const origin = "exam.example/school/ada";
const system = signingSystem("exam.example");
const texts = Array.from({ length: 12 }, (_, index) => `{"seq":${index + 1},"fact":"event ${index + 1} é\\ud83d"}`);
const log: HandedOutLog = { origin, events: texts };
/** What the candidate got with the answer that became event 9. */
const receipt = system.receipt(origin, texts.slice(0, 9));

function verdictOn(note: string, record: HandedOutLog = log, keys: readonly PublishedKey[] = [system.key]) {
  return verifyReceipt(note, record, keys, sha256, verifyEd25519);
}

function withEvents(events: readonly string[]): HandedOutLog {
  return { origin, events };
}

describe("a receipt", () => {
  test("[E25] fits the record that it was signed over, as it was then and as it has grown", () => {
    const fits = { fits: true, size: 9, signedBy: system.key.label };
    expect(verdictOn(receipt)).toEqual({ ...fits, events: 12 });
    expect(verdictOn(receipt, withEvents(texts.slice(0, 9)))).toEqual({ ...fits, events: 9 });
  });

  test("[E28] does not fit when any of the events that it signs is not what it was, and does not say which", () => {
    const differs = { fits: false, misfit: { kind: "record-differs", size: 9 } };
    for (let index = 0; index < 9; index += 1) {
      expect(verdictOn(receipt, withEvents(texts.with(index, `${texts[index]} `))), `event ${index + 1}`).toEqual(
        differs,
      );
      expect(verdictOn(receipt, withEvents(texts.toSpliced(index, 1))), `without ${index + 1}`).toEqual(differs);
      expect(verdictOn(receipt, withEvents(texts.toSpliced(index, 0, "more"))), `before ${index + 1}`).toEqual(differs);
      const swapped = texts.with(index, texts[index + 1]!).with(index + 1, texts[index]!);
      expect(verdictOn(receipt, withEvents(swapped)), `${index + 1} and the next`).toEqual(differs);
    }
  });

  test("[E28] says nothing about the events after it", () => {
    for (let index = 9; index < 12; index += 1) {
      expect(verdictOn(receipt, withEvents(texts.with(index, "changed"))).fits).toBe(true);
    }
  });

  test("[E26] of two things that do not fit, the first is named", () => {
    const other = signingSystem("exam.example");
    const short: HandedOutLog = { origin: "exam.example/school/grace", events: ["changed"] };
    const forged = receipt.replace("school", "schule");
    expect(verdictOn("no receipt", short, [])).toMatchObject({ misfit: { kind: "not-a-receipt" } });
    expect(verdictOn(forged, short, [other.key])).toEqual({
      fits: false,
      misfit: { kind: "key-unknown", signedBy: [system.key.label] },
    });
    expect(verdictOn(forged, short)).toEqual({
      fits: false,
      misfit: { kind: "signature-wrong", signedBy: system.key.label },
    });
    expect(verdictOn(receipt, short)).toEqual({
      fits: false,
      misfit: { kind: "another-attempt", receipt: origin, record: short.origin },
    });
    expect(verdictOn(receipt, { ...short, origin })).toEqual({
      fits: false,
      misfit: { kind: "record-shorter", size: 9, events: 1 },
    });
    expect(verdictOn(receipt, withEvents(Array.from({ length: 9 }, () => "changed")))).toEqual({
      fits: false,
      misfit: { kind: "record-differs", size: 9 },
    });
  });

  test.each([
    ["an empty file", ""],
    ["a note that is no checkpoint", system.note("I owe you an exam\n")],
    ["a checkpoint without its signature", receipt.slice(0, receipt.indexOf("\n\n") + 1)],
    ["other line ends", receipt.replaceAll("\n", "\r\n")],
  ])("[E26] is none if it is %s", (_what, text) => {
    expect(verdictOn(text)).toEqual({ fits: false, misfit: { kind: "not-a-receipt" } });
  });

  test("[E26] changed in any one character fits no more", () => {
    fc.assert(
      fc.property(fc.nat(receipt.length - 1), fc.constantFrom("0", "A", "b", "/", "\n"), (at, character) => {
        fc.pre(receipt[at] !== character);
        expect(verdictOn(receipt.slice(0, at) + character + receipt.slice(at + 1)).fits).toBe(false);
      }),
    );
  });

  test("[E27] is good under a key's own label only", () => {
    const relabelled = { ...system.key, label: "a-thumbprint-of-tokens" };
    expect(verdictOn(receipt, log, [relabelled])).toMatchObject({ misfit: { kind: "key-unknown" } });
    const impostor = signingSystem("exam.example");
    const stolenLabel = { ...impostor.key, label: system.key.label };
    expect(verdictOn(receipt, log, [stolenLabel])).toMatchObject({ misfit: { kind: "key-unknown" } });
  });

  test("[E27] with another signature besides is as good as that of a known key", () => {
    const witness = signingSystem("witness.example");
    const line = (note: string): string => note.slice(note.indexOf("\n\n") + 2);
    const both = receipt + line(witness.receipt(origin, texts.slice(0, 9)));
    expect(verdictOn(both).fits).toBe(true);
    expect(verdictOn(both, log, [system.key, witness.key]).fits).toBe(true);
    const wrong = receipt + line(witness.receipt(origin, texts));
    expect(verdictOn(wrong).fits, "a signature that nobody can check means nothing").toBe(true);
    expect(verdictOn(wrong, log, [system.key, witness.key])).toEqual({
      fits: false,
      misfit: { kind: "signature-wrong", signedBy: witness.key.label },
    });
  });

  test("[E25] over nothing fits every record of its attempt", () => {
    expect(verdictOn(system.receipt(origin, []))).toMatchObject({ fits: true, size: 0 });
  });
});

test("[E23] a key's label is the name and the id that a note's signature has for it", () => {
  const publicKey = Uint8Array.from(Buffer.from("6TJ5GubnqECkYWTJBHhkJtXngh3YspoA1hyucq/dTaQ=", "base64"));
  // From the example at the end of https://c2sp.org/signed-note.
  expect(keyLabelOf("example.com/foo", publicKey, sha256)).toBe("example.com/foo+530d903a");
});
