import { type Attention, attentionOf, compareAttention } from "#domain/integrity/attention.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Tile } from "#protocol/session/down.ts";

/** When this console's proctor last had each candidate open. What staff did, the session knows; a look only the console. */
export type Looked = ReadonlyMap<AttemptId, EpochMs>;

export const nobodyLooked: Looked = new Map();

/** Whether the last word in the conversation is the candidate's; what the session itself says is no answer. */
export function awaitsReply({ view }: Tile): boolean {
  return view.messages.findLast(({ from }) => from !== "system")?.from === "candidate";
}

/** Why a tile asks for a look now, since this console's proctor last had it open. */
export function attentionOfTile(tile: Tile, lookedAt: EpochMs | null, now: EpochMs): Attention {
  const { status, violations, takeOver, conditions, messages } = tile.view;
  const watched = {
    isSitting: status === "open" || status === "paused",
    isWaiting: status === "waiting" || takeOver !== null,
    awaitsReply: awaitsReply(tile),
    isCutOff: !tile.online,
    unattended: violations.unattended.filter(({ notedAt }) => lookedAt === null || notedAt > lookedAt),
    lasting: conditions.filter((kind) => kind !== "connection-lost").length,
    unread: messages.filter(({ kind, acknowledged }) => kind === "warning" && !acknowledged).length,
  };
  return attentionOf(watched, now);
}

/** Whether it is among those who need a person: what is only in the log needs nobody. */
export function isCalling({ call }: Attention): boolean {
  return call !== "none" && call !== "noted";
}

/**
 * An order for the eyes, never a measure of guilt: the domain's order first, then who is here, who is not here yet, and
 * who has finished, each by name.
 */
export function byAttention(looked: Looked, now: EpochMs): (one: Tile, other: Tile) => number {
  const attention = new Map<Tile, Attention>();
  const of = (tile: Tile): Attention => {
    const known = attention.get(tile) ?? attentionOfTile(tile, looked.get(tile.attemptId) ?? null, now);
    attention.set(tile, known);
    return known;
  };
  return (one, other) => compareAttention(of(one), of(other)) || presence(one) - presence(other) || byName(one, other);
}

export function byName(one: Tile, other: Tile): number {
  return one.view.name.localeCompare(other.view.name);
}

function presence({ view }: Tile): number {
  if (view.closing !== null) return 2;
  return view.status === "registered" ? 1 : 0;
}
