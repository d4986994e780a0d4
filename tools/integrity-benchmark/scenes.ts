import { calmActs, calmCameraClips } from "./calm-clips.ts";
import { cameraClips } from "./camera-clips.ts";
import type { Clip } from "./clip.ts";
import { anotherRoom, lostClips, oneRoom, replugClips, slowClips } from "./device-clips.ts";
import { endings } from "./endings.ts";
import { faceClips } from "./face-clips.ts";
import { focusClips } from "./focus-clips.ts";
import { headClips } from "./head-clips.ts";
import { inputClips } from "./input-clips.ts";
import type { Scene } from "./scene.ts";

const nothing = { cameraClips: [], acts: [], endings: [], throughout: [] } as const;

function hears(title: string): Clip {
  return { about: "microphone-silent", isThere: false, title };
}

function isReal(title: string): Clip {
  return { about: "virtual-camera", isThere: false, title: `a camera of glass: ${title}` };
}

const developerTools: Clip = {
  about: "developer-tools",
  isThere: true,
  title: "developer tools are open",
  also: ["window-blurred", "full-screen-left"],
};

export const scenes: readonly Scene[] = [
  {
    name: "faces",
    camera: "OBSBOT Tiny 2.mjpeg",
    sound: "fan",
    cameraClips: faceClips,
    acts: focusClips,
    endings,
    throughout: [isReal("OBSBOT Tiny 2"), hears("a fan")],
  },
  {
    name: "camera",
    camera: "Snapdragon Camera.mjpeg",
    sound: "keyboard",
    cameraClips,
    acts: inputClips,
    endings,
    throughout: [isReal("Snapdragon Camera"), hears("keys in a quiet room")],
  },
  {
    name: "head",
    camera: "Integrated Camera.mjpeg",
    sound: "cough",
    cameraClips: headClips,
    acts: slowClips,
    endings,
    throughout: [isReal("Integrated Camera"), hears("a cough every few seconds")],
    leadMs: 32_000,
  },
  {
    name: "one room",
    camera: "OBS Virtual Camera.mjpeg",
    sound: "silence",
    ...nothing,
    acts: lostClips,
    mayBreakModels: true,
    throughout: oneRoom,
    flags: [
      "--use-fake-device-for-media-stream=display-media-type=window",
      "--screen-info={1600x1200}{1600,0 1280x1024}",
    ],
    leastMs: 24_000,
  },
  {
    name: "another room",
    camera: "ManyCam Virtual Webcam.mjpeg",
    sound: "silence",
    ...nothing,
    throughout: anotherRoom,
    flags: [
      "--use-fake-device-for-media-stream=display-media-type=browser",
      "--screen-info={1600x1200}{1600,0 1280x1024}{2880,0 1280x1024}",
    ],
    leastMs: 24_000,
  },
  {
    name: "tools",
    camera: "HD Webcam.mjpeg",
    sound: "fan",
    ...nothing,
    acts: replugClips,
    throughout: [developerTools],
    flags: ["--auto-open-devtools-for-tabs"],
    leastMs: 6_000,
  },
  {
    name: "calm",
    camera: "USB Camera.mjpeg",
    sound: "keyboard",
    ...nothing,
    cameraClips: calmCameraClips,
    acts: calmActs,
    throughout: [
      { about: "automation", isThere: false, title: "calm: no program says so" },
      { about: "developer-tools", isThere: false, title: "calm: no tools" },
      { about: "several-displays", isThere: false, title: "calm: one display" },
      { about: "screen-not-entire", isThere: false, title: "calm: the entire screen" },
      { about: "sensor-lost", isThere: false, title: "calm: all sensors work" },
      { about: "window-blurred", isThere: false, title: "calm: the page has the focus" },
    ],
    leadMs: 32_000,
    isAlone: true,
  },
];
