import type { RecordedTrack, Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { SegmentPlace, SegmentSpool } from "#client/media/segment-spool.ts";

type Kept = {
  readonly attemptId: AttemptId;
  readonly segment: Segment;
  readonly content: ArrayBuffer;
  refused: boolean;
};

/** A spool in memory, for Node. `spool-story.ts` holds it and the real one to the same behaviour. */
export function memorySpool(): SegmentSpool {
  const kept: Kept[] = [];
  const runs = new Map<string, number>();

  function find(attemptId: AttemptId, { track, run, index }: SegmentPlace): number {
    return kept.findIndex(
      ({ attemptId: owner, segment }) =>
        owner === attemptId && segment.track === track && segment.run === run && segment.index === index,
    );
  }

  return {
    async put(attemptId, segment, content) {
      const at = find(attemptId, segment);
      kept.splice(at === -1 ? kept.length : at, at === -1 ? 0 : 1, { attemptId, segment, content, refused: false });
    },
    async oldest(attemptId: AttemptId, track: RecordedTrack, limit: number) {
      return kept
        .filter((each) => each.attemptId === attemptId && each.segment.track === track && !each.refused)
        .map(({ segment }) => segment)
        .toSorted((one, other) => one.run - other.run || one.index - other.index)
        .slice(0, limit);
    },
    content: async (attemptId, place) => kept[find(attemptId, place)]?.content ?? null,
    async remove(attemptId, place) {
      const at = find(attemptId, place);
      if (at !== -1) kept.splice(at, 1);
    },
    async setAside(attemptId, place) {
      const found = kept[find(attemptId, place)];
      if (found !== undefined) found.refused = true;
    },
    async count(attemptId) {
      const ours = kept.filter((each) => each.attemptId === attemptId);
      const refused = ours.filter((each) => each.refused).length;
      return { waiting: ours.length - refused, refused };
    },
    async nextRun(attemptId, track, atLeast) {
      const next = Math.max(atLeast, runs.get(`${attemptId} ${track}`) ?? 0);
      runs.set(`${attemptId} ${track}`, next + 1);
      return next;
    },
  };
}
