import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  browserFamilies,
  bucketOf,
  checkCode,
  checkFindings,
  type CheckFindings,
  checkLines,
  type CheckResult,
  latestMajor,
  readCheckCode,
  systemFamilies,
  uploadBuckets,
} from "#protocol/system-check.ts";

const findings = fc.record(
  Object.fromEntries(checkLines.map((line) => [line, fc.constantFrom(...checkFindings[line])])),
) as fc.Arbitrary<CheckFindings>;

const results: fc.Arbitrary<CheckResult> = fc.record({
  browser: fc.constantFrom(...browserFamilies),
  major: fc.integer({ min: 0, max: latestMajor }),
  system: fc.constantFrom(...systemFamilies),
  upload: fc.constantFrom(...uploadBuckets),
  findings,
});

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const places = Array.from("XXXX-XXXX-XXXX-XXXX").flatMap((character, at) => (character === "X" ? [at] : []));

function withAt(text: string, at: number, character: string): string {
  return text.slice(0, at) + character + text.slice(at + 1);
}

describe("the code of a system check", () => {
  it("[A153] says the same when it is read as what was written", () => {
    fc.assert(
      fc.property(results, (result) => {
        expect(readCheckCode(checkCode(result))).toEqual({ ok: true, result });
      }),
    );
  });

  it("is four groups of four characters that are not taken for one another", () => {
    fc.assert(
      fc.property(results, (result) => {
        expect(checkCode(result)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
      }),
    );
  });

  it("is read however it is written down: in small letters, in one piece, with spaces, with O for 0 and I or L for 1", () => {
    fc.assert(
      fc.property(
        results,
        fc.constantFrom("I", "l", "i", "L"),
        fc.constantFrom("", " ", "-", " – ", "_"),
        (result, one, between) => {
          const code = checkCode(result);
          const said = code.toLowerCase().replaceAll("0", "o").replaceAll("1", one).replaceAll("-", between);
          expect(readCheckCode(` ${said}\n`)).toEqual({ ok: true, result });
        },
      ),
    );
  });

  it("[A154] notices each single character that is another", () => {
    fc.assert(
      fc.property(
        results,
        fc.constantFrom(...places),
        fc.constantFrom(...Array.from(alphabet)),
        (result, at, character) => {
          const code = checkCode(result);
          fc.pre(code[at] !== character);
          expect(readCheckCode(withAt(code, at, character))).toEqual({ ok: false, why: "mistyped" });
        },
      ),
    );
  });

  it("[A154] notices two neighbours that changed places", () => {
    fc.assert(
      fc.property(results, fc.integer({ min: 0, max: places.length - 2 }), (result, first) => {
        const code = checkCode(result);
        const [one = 0, other = 0] = [places[first], places[first + 1]];
        const [before = "", after = ""] = [code[one], code[other]];
        fc.pre(before !== after);
        const swapped = withAt(withAt(code, one, after), other, before);
        expect(readCheckCode(swapped)).toEqual({ ok: false, why: "mistyped" });
      }),
    );
  });

  it("says of anything else what is wrong with it, and never breaks", () => {
    const code = checkCode({ browser: "chrome", major: 156, system: "linux", upload: 4096, findings: allFine() });
    expect(readCheckCode("")).toEqual({ ok: false, why: "too-short" });
    expect(readCheckCode(code.slice(0, -1))).toEqual({ ok: false, why: "too-short" });
    expect(readCheckCode(`${code}7`)).toEqual({ ok: false, why: "too-long" });
    expect(readCheckCode(code.replace(/.$/, "U"))).toEqual({ ok: false, why: "not-in-a-code" });
    expect(readCheckCode("0000-0000-0000-0000")).toEqual({ ok: false, why: "mistyped" });
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), (text) => {
        const read = readCheckCode(text);
        if (read.ok) expect(readCheckCode(checkCode(read.result))).toEqual(read);
      }),
    );
  });

  it("[A154] that was written down once is read for ever", () => {
    expect(readCheckCode("4SRZ-248H-248H-9HXD")).toEqual({
      ok: true,
      result: { browser: "chrome", major: 156, system: "linux", upload: 4096, findings: allFine() },
    });
    expect(readCheckCode("6ZZG-GXVJ-6DJ6-W29R")).toEqual({
      ok: true,
      result: { browser: "opera", major: 255, system: "ios", upload: null, findings: allLast },
    });
  });

  it("takes a version beyond its room for the latest", () => {
    const code = checkCode({ browser: "edge", major: 300.5, system: "mac", upload: 0, findings: allFine() });
    expect(readCheckCode(code)).toMatchObject({ ok: true, result: { major: latestMajor } });
  });
});

describe("the bucket of a speed", () => {
  it("is the largest that the speed reaches", () => {
    expect([0, 63.9, 64, 255.9, 256, 1e9].map(bucketOf)).toEqual([0, 0, 64, 128, 256, 4096]);
  });
});

function allFine(): CheckFindings {
  return Object.fromEntries(checkLines.map((line) => [line, "fine"])) as CheckFindings;
}

/** The last name of each line on the day on which the first code was given out. */
const allLast: CheckFindings = {
  browser: "no-storage",
  camera: "stopped",
  microphone: "stopped",
  screen: "stopped",
  "full-screen": "refused",
  displays: "not-told",
  clock: "no-answer",
  upload: "too-often",
  disk: "no-storage",
  faces: "no-answer",
};
