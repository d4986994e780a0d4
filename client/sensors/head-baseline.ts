import type { HeadPose } from "./head-pose.ts";

/** The baseline needs so many calm poses (a slow machine reads one in four seconds) over so long a time. */
const fewestPoses = 6;
const calmMs = 20_000;
const rememberedMs = 30_000;
/** A pose within so many degrees of the middle is a calm one; so large a share of them must be. */
const calmDegrees = 10;
const calmShare = 0.8;

type Dated = { readonly pose: HeadPose; readonly at: number };

export type HeadBaseline = {
  /** `at`: when the pose was seen, in milliseconds of one clock. */
  readonly add: (pose: HeadPose, at: number) => void;
  /** How this candidate holds the head when looking at this screen; null until that is known. Never changes after. */
  readonly pose: () => HeadPose | null;
};

/**
 * A camera may stand anywhere, and people hold their heads as they do: turned away is meant against the candidate's own
 * first calm half minute. Who moves a lot is waited for.
 */
export function createHeadBaseline(): HeadBaseline {
  let found: HeadPose | null = null;
  let seen: readonly Dated[] = [];
  return {
    add(pose, at) {
      if (found !== null) return;
      seen = [...seen.filter((earlier) => at - earlier.at <= rememberedMs), { pose, at }];
      const [first] = seen;
      if (first === undefined || seen.length < fewestPoses || at - first.at < calmMs) return;
      const middle = {
        yaw: median(seen.map((each) => each.pose.yaw)),
        pitch: median(seen.map((each) => each.pose.pitch)),
      };
      const calm = seen.filter((each) => isWithin(each.pose, middle));
      if (calm.length < calmShare * seen.length) return;
      found = middle;
      seen = [];
    },
    pose: () => found,
  };
}

function isWithin(pose: HeadPose, middle: HeadPose): boolean {
  return Math.abs(pose.yaw - middle.yaw) <= calmDegrees && Math.abs(pose.pitch - middle.pitch) <= calmDegrees;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  // The same place twice where there is one in the middle.
  const [low = 0, high = low] = [(sorted.length - 1) / 2, sorted.length / 2].map((place) => sorted[Math.floor(place)]);
  return (low + high) / 2;
}
