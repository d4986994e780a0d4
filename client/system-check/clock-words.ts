import type { Finding } from "#protocol/system-check.ts";

/** Nobody minds less. */
const toleratedMs = 30_000;

const units = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
] as const;

/** `aheadMs`: by how much the device's clock is ahead of the server's; below zero it is behind. */
export function clockFinding(aheadMs: number): Finding<"clock"> {
  return Math.abs(aheadMs) > toleratedMs ? "off" : "fine";
}

/** "5 minutes ahead of the server's", "right to the second". */
export function aheadWords(aheadMs: number): string {
  const off = Math.abs(aheadMs);
  const [unit, name] = units.find(([length]) => off >= length * 0.95) ?? [0, ""];
  if (unit === 0) return "Right to the second";
  const many = Math.max(1, Math.round(off / unit));
  return `About ${many} ${name}${many === 1 ? "" : "s"} ${aheadMs > 0 ? "ahead of" : "behind"} the server's`;
}
