import { cameraClips } from "./camera-clips.ts";
import { endings } from "./endings.ts";
import { faceClips } from "./face-clips.ts";
import { focusClips } from "./focus-clips.ts";
import { headClips } from "./head-clips.ts";
import { inputClips } from "./input-clips.ts";
import type { Scene } from "./scene.ts";

export const scenes: readonly Scene[] = [
  {
    name: "faces",
    camera: "OBSBOT Tiny 2.mjpeg",
    cameraClips: faceClips,
    acts: focusClips,
    endings,
    throughout: [{ about: "virtual-camera", isThere: false, title: "a camera of glass that is called OBSBOT" }],
  },
  {
    name: "camera",
    camera: "Snapdragon Camera.mjpeg",
    cameraClips,
    acts: inputClips,
    endings,
    throughout: [{ about: "virtual-camera", isThere: false, title: "a camera of glass that is called Snapdragon" }],
  },
  {
    name: "head",
    camera: "Integrated Camera.mjpeg",
    cameraClips: headClips,
    acts: [],
    endings,
    throughout: [{ about: "virtual-camera", isThere: false, title: "a camera that is built in" }],
    leadMs: 30_000,
  },
];
