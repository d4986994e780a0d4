import { describe, expect, it } from "vitest";
import { bucketWords, gradeUpload, type Probe, speedWords } from "#client/system-check/grade-upload.ts";
import { uploadBuckets } from "#protocol/system-check.ts";

/** A probe of 256 kB at this speed. */
function at(kbitPerSecond: number): Probe {
  return { taken: true, bytes: 262_144, ms: (262_144 * 8) / kbitPerSecond };
}
const lost: Probe = { taken: false, why: "no-answer" };
const late: Probe = { taken: false, why: "timed-out" };
const often: Probe = { taken: false, why: "too-often" };

function findingOf(...probes: readonly Probe[]): string {
  return gradeUpload(probes).finding;
}

describe("the grade of an upload", () => {
  it("is fine, slow or too slow by the middle probe: from 1024, from 256, below 256 kbit/s", () => {
    expect(findingOf(at(1024), at(1024), at(1024))).toBe("fine");
    expect(findingOf(at(1000), at(5000), at(1000))).toBe("slow");
    expect(findingOf(at(256), at(256))).toBe("slow");
    expect(findingOf(at(255), at(255), at(9000))).toBe("too-slow");
  });

  it("keeps the promise that 256 kbit/s is usable with what such a line sends in the time", () => {
    expect(gradeUpload([at(256.1)])).toMatchObject({ finding: "slow", bucket: 256 });
  });

  it("is unsteady where one probe falls below what is needed, or is lost on the way", () => {
    expect(findingOf(at(5000), at(5000), at(100))).toBe("unsteady");
    expect(findingOf(at(5000), at(5000), lost)).toBe("unsteady");
    expect(findingOf(at(5000), late)).toBe("unsteady");
  });

  it("is too slow where not even one probe comes through in its time, and no answer where nobody is there", () => {
    expect(gradeUpload([late])).toEqual({ finding: "too-slow", bucket: 0, kbitPerSecond: null });
    expect(gradeUpload([lost])).toEqual({ finding: "no-answer", bucket: null, kbitPerSecond: null });
    expect(gradeUpload([])).toEqual({ finding: "no-answer", bucket: null, kbitPerSecond: null });
  });

  it("does not blame the line for a server that wants a rest", () => {
    expect(findingOf(often)).toBe("too-often");
    expect(findingOf(at(5000), often)).toBe("fine");
  });

  it("has words for each bucket and each speed", () => {
    expect(new Set(uploadBuckets.map(bucketWords)).size).toBe(uploadBuckets.length);
    expect([480.4, 1000, 3249].map(speedWords)).toEqual(["480 kbit/s", "1.0 Mbit/s", "3.2 Mbit/s"]);
  });
});
