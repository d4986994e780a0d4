import { bucketOf, type Finding, type UploadBucket } from "#protocol/system-check.ts";

/** One probe of the line: how many bytes were taken in how many milliseconds, or that none were. */
export type Probe =
  | { readonly taken: true; readonly bytes: number; readonly ms: number }
  | { readonly taken: false; readonly why: "no-answer" | "timed-out" | "too-often" };

export type UploadGrade = {
  readonly finding: Finding<"upload">;
  readonly bucket: UploadBucket;
  /** Of the middle probe; null where nothing was taken. */
  readonly kbitPerSecond: number | null;
};

/** What the product promises to be usable with. */
const leastKbit = 256;
/** Camera and screen, recorded and live at once, with some to spare. */
const comfortableKbit = 1024;

/**
 * The speed is that of the middle probe: one that had luck, or none, says little. A line is unsteady where a probe was not
 * taken, or the slowest one is below what is promised though the middle one is not.
 */
export function gradeUpload(probes: readonly Probe[]): UploadGrade {
  const speeds = probes.flatMap((probe) => (probe.taken ? [(probe.bytes * 8) / Math.max(1, probe.ms)] : []));
  const sorted = speeds.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const slowest = sorted[0];
  if (middle === undefined || slowest === undefined) {
    const wasSlow = probes.some((probe) => !probe.taken && probe.why === "timed-out");
    const wasRefused = probes.some((probe) => !probe.taken && probe.why === "too-often");
    if (wasRefused) return { finding: "too-often", bucket: null, kbitPerSecond: null };
    return wasSlow
      ? { finding: "too-slow", bucket: 0, kbitPerSecond: null }
      : { finding: "no-answer", bucket: null, kbitPerSecond: null };
  }
  const isWhole = probes.every((probe) => probe.taken || probe.why === "too-often");
  const measured = { bucket: bucketOf(middle), kbitPerSecond: middle };
  if (middle < leastKbit) return { finding: "too-slow", ...measured };
  if (!isWhole || slowest < leastKbit) return { finding: "unsteady", ...measured };
  return { finding: middle < comfortableKbit ? "slow" : "fine", ...measured };
}

/** "3.2 Mbit/s", "480 kbit/s". */
export function speedWords(kbitPerSecond: number): string {
  return kbitPerSecond < 1000 ? `${Math.round(kbitPerSecond)} kbit/s` : `${(kbitPerSecond / 1000).toFixed(1)} Mbit/s`;
}

/** A bucket as support reads it. */
export function bucketWords(bucket: UploadBucket): string {
  switch (bucket) {
    case null:
      return "not measured";
    case 0:
      return "less than 64 kbit/s";
    case 4096:
      return "more than 4 Mbit/s";
    case 64:
    case 128:
    case 256:
    case 512:
      return `between ${bucket} and ${bucket * 2} kbit/s`;
    case 1024:
      return "between 1 and 4 Mbit/s";
  }
}
