import type { Person } from "./picture.ts";
import { before, sits } from "./pictures.ts";
import type { CameraClip } from "./shot.ts";

function clip(isThere: boolean, ms: number, title: string, person: Person): CameraClip {
  return {
    about: "head-turned",
    isThere,
    title,
    // A face that is turned far may not be seen as a face at all.
    ...(isThere ? { also: ["no-face"] as const } : {}),
    shot: { ms, picture: before("shelves", sits(person)), moves: true },
  };
}

/** Scenes about where the head is turned. The angles are those of the drawn head. */
export const headClips: readonly CameraClip[] = [
  clip(true, 12_000, "looking down into the lap (40 degrees)", { nod: 40 }),
  clip(true, 12_000, "turned to one side (50 degrees)", { turn: 50 }),
  clip(true, 12_000, "turned to the other side (50 degrees)", { turn: -50 }),
  clip(true, 12_000, "down and to the side (36 and 25 degrees)", { nod: 36, turn: 25 }),
  clip(false, 3_000, "a glance aside of three seconds", { turn: 50 }),
  clip(false, 5_000, "a look down of five seconds", { nod: 40 }),
  clip(false, 10_000, "the head leaned to the shoulder", { lean: 18 }),
  clip(false, 10_000, "reading at the side of a wide screen (20 degrees)", { turn: 20 }),
  clip(false, 10_000, "reading at the bottom of the screen (12 degrees)", { nod: 12 }),
  clip(false, 10_000, "moved to the side with the chair, and back", { x: 200, scale: 0.8 }),
];
