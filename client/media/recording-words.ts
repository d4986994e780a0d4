import type { RecordedTrack } from "#domain/attempt/command.ts";
import type { KeeperState } from "./chunk-keeper.ts";

const trackWords: Readonly<Record<RecordedTrack, string>> = { camera: "camera", screen: "screen" };

/** What the candidate reads about a recording that does not go as it should; null when it does. The worst comes first. */
export function recordingWords(keepers: readonly KeeperState[], broken: readonly RecordedTrack[]): string | null {
  if (keepers.some(({ fault }) => fault === "disk-full")) {
    return "This computer's disk is full: the recording cannot be kept. Free some space; it then goes on by itself.";
  }
  if (keepers.some(({ fault }) => fault === "not-written")) {
    return "The recording cannot be written to this computer's disk. It is tried again by itself.";
  }
  const [track] = broken;
  if (track !== undefined) return `This browser cannot record the ${trackWords[track]}. It is tried again by itself.`;
  const lost = keepers.reduce((sum, keeper) => sum + keeper.lost, 0);
  if (lost === 0) return null;
  return lost === 1
    ? "One piece of the recording could not be kept on this computer and is lost."
    : `${lost} pieces of the recording could not be kept on this computer and are lost.`;
}
