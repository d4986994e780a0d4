import type { SignalKind } from "#domain/integrity/signal.ts";
import type { Picture } from "./picture.ts";
import { before, filled, poster, seated, sits } from "./pictures.ts";
import type { CameraClip, Shot } from "./shot.ts";

const nobodySeen: readonly SignalKind[] = ["no-face"];

function covered(title: string, picture: Picture): CameraClip {
  return { about: "camera-covered", isThere: true, also: nobodySeen, title, shot: { ms: 8_500, picture } };
}

function notCovered(title: string, shot: Shot, also: readonly SignalKind[] = []): CameraClip {
  return { about: "camera-covered", isThere: false, also, title, shot: { moves: true, ...shot } };
}

function frozen(title: string, picture: Picture, also: readonly SignalKind[] = []): CameraClip {
  return { about: "camera-frozen", isThere: true, also, title, shot: { ms: 14_000, picture, isFrozen: true } };
}

function notFrozen(title: string, shot: Shot): CameraClip {
  return { about: "camera-frozen", isThere: false, title, shot };
}

/** Scenes about what the camera's picture is like. */
export const cameraClips: readonly CameraClip[] = [
  covered("a lid: black, with the noise of the dark", filled("#060606", "#060606", 5)),
  covered("a finger on the lens", filled("#7a2318", "#5a160f")),
  covered("a strip of paper", filled("#c9c4ba", "#bdb8ad")),
  covered("a dark cloth", { ...filled("#1d1f24", "#26272b"), blur: 6 }),
  notCovered(
    "a dark room, lit by the screen",
    { ms: 7_500, picture: { ...seated, brightness: 0.16, noise: 6 } },
    nobodySeen,
  ),
  notCovered("a hand before the camera for a second", { ms: 1_200, picture: filled("#b98267", "#a8735a") }),
  notCovered("a hand before the camera for three seconds", { ms: 3_200, picture: filled("#b98267", "#a8735a") }),
  notCovered("a bright window that outshines all", {
    ms: 7_500,
    picture: { ...before("window", sits({ brightness: 0.5 })), brightness: 1.5 },
  }),
  notCovered("a lens out of focus", { ms: 7_500, picture: { ...seated, blur: 7 } }, nobodySeen),
  notCovered("a plain wall behind", { ms: 7_500, picture: before("wall", sits()) }),
  notCovered(
    "nobody there, and a picture on a plain wall",
    { ms: 7_500, picture: before("wall", poster("landscape", 480, 170, 150)) },
    nobodySeen,
  ),
  frozen("the picture stands still with the candidate in it", seated),
  frozen("the picture of an empty room stands still", before("shelves"), nobodySeen),
  frozen("the picture of a plain wall and the candidate stands still", before("wall", sits({ x: 260 }))),
  notFrozen("sitting very still", { ms: 12_500, picture: seated }),
  notFrozen("the camera hangs for four seconds", { ms: 4_000, picture: seated, isFrozen: true }),
  notFrozen("the camera hangs for seven seconds", { ms: 7_000, picture: seated, isFrozen: true }),
  notFrozen("sitting still in bright light with hardly any noise", {
    ms: 12_500,
    picture: { ...before("wall", sits()), brightness: 1.15, noise: 0.7 },
  }),
];
