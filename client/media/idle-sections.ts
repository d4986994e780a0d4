import type { LiveTrack } from "#domain/attempt/command.ts";
import type { Seat, SeatIn } from "./receiving-line.ts";

/** Of each kind, sections kept for seats to come. */
const mostIdle = 6;

type Kind = "audio" | "video";

/** Receiving sections that no seat needs now, and what they show meanwhile. Pure bookkeeping. */
export function createIdleSections() {
  let sections: readonly SeatIn[] = [];
  let surplus: readonly string[] = [];

  return {
    /** Takes a section that can be turned to this track, the one that was put away last; null when there is none. */
    take(track: LiveTrack): SeatIn | null {
      const found = sections.findLast((each) => kindOf(each.track) === kindOf(track));
      sections = sections.filter((each) => each !== found);
      return found ?? null;
    },
    /** The section shows this seat, and nobody looks. */
    putAway(section: SeatIn): void {
      sections = [...sections, section];
      const ofKind = sections.filter((each) => kindOf(each.track) === kindOf(section.track));
      const tooMany = ofKind.slice(0, Math.max(0, ofKind.length - mostIdle));
      sections = sections.filter((each) => !tooMany.includes(each));
      surplus = [...surplus, ...tooMany.map(({ mid }) => mid)];
    },
    /** The section could not be turned: it is tried again when there is no other. */
    putBack(section: SeatIn): void {
      sections = [section, ...sections];
    },
    /** Sections to be closed; they are told once. */
    takeSurplus(): readonly string[] {
      const taken = surplus;
      surplus = [];
      return taken;
    },
    /**
     * What idle sections should be turned to, so that they cost next to nothing: large pictures to the small picture of
     * the same candidate. Each is told once.
     */
    takeCostly(): readonly SeatIn[] {
      const costly = sections.filter(({ track }) => isCostly(track));
      sections = sections.map((each) => (isCostly(each.track) ? { ...each, track: "thumbnail" } : each));
      return costly.map((each) => ({ ...each, track: "thumbnail" }));
    },
    hasWork: (): boolean => surplus.length > 0 || sections.some(({ track }) => isCostly(track)),
    clear(): void {
      sections = [];
      surplus = [];
    },
  };
}

function kindOf(track: Seat["track"]): Kind {
  return track === "microphone" ? "audio" : "video";
}

function isCostly(track: Seat["track"]): boolean {
  return track === "focus" || track === "screen";
}
