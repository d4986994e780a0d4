import { createAgreement } from "./agreement.ts";
import type { HeadBaseline } from "./head-baseline.ts";
import type { HeadPose } from "./head-pose.ts";
import type { SignalEdges } from "./signal-edges.ts";

/** A head is turned away when it differs from its baseline by more than this (degrees). */
const turnedYaw = 30;
const turnedPitch = 20;

/** How far a pose is from the baseline: 1 is where turned away begins. */
export function turnOf(pose: HeadPose, baseline: HeadPose): number {
  return Math.max(Math.abs(pose.yaw - baseline.yaw) / turnedYaw, Math.abs(pose.pitch - baseline.pitch) / turnedPitch);
}

/** Turns poses of the head into readings of the one signal about it. */
export function createHeadSignals(edges: SignalEdges, baseline: HeadBaseline) {
  const agreement = createAgreement<number>((turn) => turn > 1);
  return {
    /**
     * `pose` is null where no face was found; that is for another sensor to tell. `at` is in milliseconds of one clock.
     * Whether the pose agreed with the one before it.
     */
    looked(pose: HeadPose | null, at: number): boolean {
      if (pose !== null) baseline.add(pose, at);
      const usual = baseline.pose();
      if (usual === null) return true; // nothing can be said yet, and no haste would change it
      const turn = agreement.read(pose === null ? 0 : turnOf(pose, usual));
      if (turn === null) return false;
      // At the line it is as likely as not; at one and a half times the line it is sure.
      edges.read("head-turned", turn > 1, { count: null, confidence: Math.min(1, turn - 0.5) });
      return true;
    },
    /** Nothing is known of the head now: what was said of it before is taken back. */
    lost(): void {
      agreement.forget();
      edges.read("head-turned", false);
    },
  };
}
