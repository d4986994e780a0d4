import type { Clip } from "./clip.ts";
import type { CameraClip } from "./shot.ts";
import type { Act } from "./stage.ts";

export type Sound = "fan" | "keyboard" | "cough" | "silence";

/** Clips that are played in one launch of the browser: the camera's one after the other, and beside them the acts. */
export type Scene = {
  readonly name: string;
  /** What the camera is called: the name of its file. */
  readonly camera: string;
  /** What the microphone hears, over and over. */
  readonly sound: Sound;
  readonly cameraClips: readonly CameraClip[];
  readonly acts: readonly Act[];
  /** Played when everything else is over, all at once: they take something away. */
  readonly endings: readonly Act[];
  /** True of the whole launch, by how the browser was started. */
  readonly throughout: readonly Clip[];
  /** Chromium's flags beyond those of every scene. */
  readonly flags?: readonly string[];
  /** How long (ms) nothing happens first; longer where the head's usual pose has to be learned. */
  readonly leadMs?: number;
  /** How long (ms) it goes on at least. */
  readonly leastMs?: number;
  /** An act takes the models away. */
  readonly mayBreakModels?: boolean;
  /** Nothing else runs meanwhile, and what the sensors cost is measured. */
  readonly isAlone?: boolean;
};
