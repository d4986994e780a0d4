import type { SignalKind } from "#domain/integrity/signal.ts";
import type { Picture } from "./picture.ts";
import { before, poster, seated, sits } from "./pictures.ts";
import type { CameraClip } from "./shot.ts";

function clip(about: SignalKind, isThere: boolean, ms: number, title: string, picture: Picture): CameraClip {
  return { about, isThere, title, shot: { ms, picture, moves: true } };
}

const noFace = (title: string, picture: Picture): CameraClip => clip("no-face", true, 8_500, title, picture);
const stillThere = (title: string, picture: Picture, ms = 7_500): CameraClip =>
  clip("no-face", false, ms, title, picture);
const several = (title: string, picture: Picture): CameraClip => clip("several-faces", true, 5_000, title, picture);
const alone = (title: string, picture: Picture, ms = 5_000): CameraClip =>
  clip("several-faces", false, ms, title, picture);

/** Scenes about how many people are before the camera. */
export const faceClips: readonly CameraClip[] = [
  noFace("an empty room", before("shelves")),
  noFace("only a cartoon poster is left", before("wall", poster("cartoon", 200, 180, 170))),
  noFace("a shoulder at the edge is all that is seen", before("shelves", sits({ x: 800, y: 150 }))),
  noFace(
    "a book is held before the whole face",
    before("shelves", sits(), { draw: "book", x: 317, y: 170, size: 260 }),
  ),
  stillThere("dim light", { ...seated, brightness: 0.3, noise: 7 }),
  stillThere("a part of the face is beyond the edge of the picture", before("shelves", sits({ x: 58, y: 160 }))),
  stillThere("the chin is below the picture", before("shelves", sits({ y: 390 }))),
  stillThere("leaning out for 2 seconds", before("shelves"), 2_000),
  stillThere("leaning out for 3.5 seconds", before("shelves"), 3_500),
  stillThere("far from the camera", before("shelves", sits({ x: 330, y: 240, scale: 0.4 }))),
  stillThere("a bright window behind", before("window", sits({ brightness: 0.6 }))),
  stillThere("a hand at the chin", before("shelves", sits(), { draw: "hand", x: 330, y: 330, size: 100 })),
  several("a second person beside", before("shelves", sits({ x: 180 }), sits({ x: 480, isMirrored: true }))),
  several(
    "a second person farther behind",
    before("shelves", sits({ x: 470, y: 170, scale: 0.5, isMirrored: true }), sits({ x: 240 })),
  ),
  several(
    "a second person in the dark",
    before("wall", sits({ x: 180 }), sits({ x: 480, scale: 0.8, brightness: 0.45 })),
  ),
  several(
    "three people",
    before(
      "shelves",
      sits({ x: 130, scale: 0.7 }),
      sits({ x: 520, scale: 0.7, isMirrored: true }),
      sits({ scale: 0.7 }),
    ),
  ),
  alone("a cartoon on the wall", before("wall", poster("cartoon", 540, 150, 130), sits({ x: 250 }))),
  alone("a smiley on the wall", before("wall", poster("smiley", 540, 150, 140), sits({ x: 250 }))),
  alone("a picture of a cat on the wall", before("wall", poster("cat", 540, 150, 140), sits({ x: 250 }))),
  alone("wallpaper of dots", before("pattern", sits())),
  alone(
    "somebody passes within a second",
    before("shelves", sits({ x: 180 }), sits({ x: 480, isMirrored: true })),
    1_000,
  ),
];
