import type { Severity } from "#domain/integrity/policy.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Tile } from "#protocol/session/down.ts";

/**
 * Why a tile asks for a person, the most pressing first. `waiting`: to be let in, or to go on at another computer.
 * `none`: nothing now.
 */
export type Attention = "waiting" | "message" | "violation" | "offline" | "none";

const weight: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 4, critical: 8 };

/** How long a violation keeps a tile near the top; after that its count still shows. */
const freshForMs = 5 * 60_000;

/** Whether the last word in the conversation is the candidate's. */
export function awaitsReply({ view }: Tile): boolean {
  return view.messages.at(-1)?.from === "candidate";
}

export function attentionOf(tile: Tile, now: EpochMs): Attention {
  const { status, violations, takeOver } = tile.view;
  if (status === "waiting" || takeOver !== null) return "waiting";
  if (awaitsReply(tile)) return "message";
  if (status !== "open" && status !== "paused") return "none";
  if (violations.latest !== null && now - violations.latest.notedAt < freshForMs) return "violation";
  return tile.online ? "none" : "offline";
}

const rank: Readonly<Record<Attention, number>> = { waiting: 0, message: 1, violation: 2, offline: 3, none: 4 };

/**
 * An order for the eyes, never a measure of guilt: who waits for a person first, then fresh violations by severity and
 * recency, then the others: who is here, who is not here yet, who has finished, each by name.
 */
export function byAttention(now: EpochMs): (one: Tile, other: Tile) => number {
  return (one, other) => {
    const ranked = rank[attentionOf(one, now)] - rank[attentionOf(other, now)];
    if (ranked !== 0) return ranked;
    if (attentionOf(one, now) === "violation") {
      const pressed = pressing(other, now) - pressing(one, now);
      if (pressed !== 0) return pressed;
    }
    return presence(one) - presence(other) || byName(one, other);
  };
}

export function byName(one: Tile, other: Tile): number {
  return one.view.name.localeCompare(other.view.name);
}

function presence({ view }: Tile): number {
  if (view.closing !== null) return 2;
  return view.status === "registered" ? 1 : 0;
}

function pressing({ view }: Tile, now: EpochMs): number {
  const { latest } = view.violations;
  if (latest === null) return 0;
  return weight[latest.severity] * (1 - Math.min(1, (now - latest.notedAt) / freshForMs));
}
