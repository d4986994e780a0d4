import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkpointBody, parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { parseNote } from "#domain/evidence/signed-note.ts";
import { fromBase64 } from "./hash.ts";

/** The example of https://c2sp.org/tlog-checkpoint. */
const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
const body = `example.com/behind-the-sofa\n20852163\n${root}\n`;
const signedCheckpoint = `${body}\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n`;
const checkpoint = { origin: "example.com/behind-the-sofa", size: 20852163, root: fromBase64(root), extensions: [] };

describe("checkpoints", () => {
  test("[E19] the public example is written and read as published", () => {
    expect(checkpointBody(checkpoint)).toBe(body);
    expect(parseNote(signedCheckpoint)?.body).toBe(body);
    expect(parseCheckpoint(body)).toEqual(checkpoint);
  });

  test("[E19] extension lines follow the three", () => {
    const extended = { ...checkpoint, extensions: ["first", "second line"] };
    expect(checkpointBody(extended)).toBe(`${body}first\nsecond line\n`);
    expect(parseCheckpoint(checkpointBody(extended))).toEqual(extended);
  });

  test("[E19] every checkpoint that is written is read back", () => {
    const someLine = fc.string({ minLength: 1 }).filter((text) => !text.includes("\n"));
    const someCheckpoint = fc.record({
      origin: someLine,
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      extensions: fc.array(someLine, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(someCheckpoint, (any) => {
        expect(parseCheckpoint(checkpointBody(any))).toEqual(any);
      }),
    );
  });

  test("[E19] the empty tree has size 0", () => {
    expect(parseCheckpoint(`log\n0\n${root}\n`)?.size).toBe(0);
  });

  test.each([
    { title: "nothing in it", text: "" },
    { title: "two lines", text: "log\n1\n" },
    { title: "no newline at the end", text: body.slice(0, -1) },
    { title: "an empty origin", text: `\n1\n${root}\n` },
    { title: "an empty extension line", text: `${body}\n` },
    { title: "a size with a leading zero", text: `log\n01\n${root}\n` },
    { title: "a negative size", text: `log\n-1\n${root}\n` },
    { title: "a size in hexadecimal", text: `log\n0x1\n${root}\n` },
    { title: "a size that a number cannot hold", text: `log\n9007199254740993\n${root}\n` },
    { title: "a short root", text: "log\n1\nCsUYapGGPo4=\n" },
    { title: "a root that is not base64", text: `log\n1\n${root.replace("=", "")}\n` },
  ])("[E20] a body with $title is no checkpoint", ({ text }) => {
    expect(parseCheckpoint(text)).toBeNull();
  });

  test.each([
    { title: "an empty origin", change: { origin: "" } },
    { title: "two lines for an origin", change: { origin: "a\nb" } },
    { title: "an empty extension", change: { extensions: [""] } },
    { title: "half a leaf", change: { size: 1.5 } },
    { title: "fewer than no leaves", change: { size: -1 } },
    { title: "a short root", change: { root: new Uint8Array(31) } },
  ])("[E21] no checkpoint is made with $title", ({ change }) => {
    expect(() => checkpointBody({ ...checkpoint, ...change })).toThrow(RangeError);
  });
});
