import type { CheckLine, Finding, UploadBucket } from "#protocol/system-check.ts";
import { openMicrophone } from "../media/devices.ts";
import { isVirtualCamera } from "../sensors/virtual-camera.ts";
import { needsOfThisBrowser } from "../take-exam/browser-support.ts";
import { type Devices, type DeviceState, streamOf } from "../take-exam/devices-store.ts";
import { enterFullScreen, leaveFullScreen } from "../take-exam/full-screen.ts";
import { aheadWords, clockFinding } from "./clock-words.ts";
import { gradeUpload, speedWords } from "./grade-upload.ts";
import { probeClock } from "./probe-clock.ts";
import { probeDisk } from "./probe-disk.ts";
import { probeFaces } from "./probe-faces.ts";
import { probeMicrophone } from "./probe-microphone.ts";
import { probeUpload } from "./probe-upload.ts";
import { computerOf } from "./this-computer.ts";

/** `detail`: what was measured, in words. `bucket`: of the upload. */
export type Found<Line extends CheckLine = CheckLine> = {
  readonly finding: Finding<Line>;
  readonly detail?: string;
  readonly bucket?: UploadBucket;
};

export type Looking = { readonly devices: Devices; readonly stopped: AbortSignal };
export type Look<Line extends CheckLine = CheckLine> = (looking: Looking) => Promise<Found<Line>>;

/** How each line is looked at: by what the exam itself uses, wherever the exam uses something. */
export const looks: { readonly [Line in CheckLine]: Look<Line> } = {
  browser: () => Promise.resolve({ finding: browserFinding() }),
  camera: lookAtCamera,
  microphone: lookAtMicrophone,
  screen: lookAtScreen,
  "full-screen": lookAtFullScreen,
  displays: () => Promise.resolve({ finding: displaysFinding() }),
  clock: lookAtClock,
  upload: lookAtUpload,
  disk: lookAtDisk,
  faces: lookForFaces,
};

function browserFinding(): Finding<"browser"> {
  const needs = needsOfThisBrowser();
  // Without a secure context the browser hides the rest.
  if (!needs.isSecureContext) return "not-secure";
  if (!needs.hasCamera) return "no-camera";
  if (!needs.hasScreenShare) return "no-screen-share";
  if (!needs.hasLiveVideo) return "no-live-video";
  if (!needs.hasRecorder) return "no-recorder";
  if (!needs.hasStorage) return "no-storage";
  const { browser } = computerOf(navigator.userAgent);
  return browser === "chrome" || browser === "edge" ? "fine" : "less-tried";
}

async function lookAtCamera({ devices }: Looking): Promise<Found<"camera">> {
  release(devices.store.get().camera);
  await devices.askCamera(true);
  const { camera } = devices.store.get();
  const failure = failureOf(camera);
  if (failure !== null) return { finding: failure };
  const label = streamOf(camera)?.getVideoTracks()[0]?.label ?? "";
  return { finding: isVirtualCamera(label) ? "virtual" : "fine" };
}

/** The microphone comes with the camera; where the camera does not, it is asked for alone, to say which of the two it is. */
async function lookAtMicrophone({ devices, stopped }: Looking): Promise<Found<"microphone">> {
  const { camera } = devices.store.get();
  if (camera.kind === "idle" || camera.kind === "ended") await devices.askCamera(true);
  const now = devices.store.get().camera;
  const failure = failureOf(now);
  if (failure === "refused" || failure === "unsupported") return { finding: failure };
  const together = streamOf(now);
  if (together !== null) return { finding: (await probeMicrophone(together, stopped)) ? "fine" : "nothing-heard" };
  const alone = await openMicrophone();
  if (!alone.ok) return { finding: alone.why === "not-entire-screen" ? "unsupported" : alone.why };
  const hasHeard = await probeMicrophone(alone.stream, stopped);
  for (const track of alone.stream.getTracks()) track.stop();
  return { finding: hasHeard ? "fine" : "nothing-heard" };
}

async function lookAtScreen({ devices }: Looking): Promise<Found<"screen">> {
  release(devices.store.get().screen);
  await devices.askScreen();
  const { screen } = devices.store.get();
  if (screen.kind === "failed") return { finding: screen.why };
  return { finding: screen.kind === "ready" ? "fine" : "stopped" };
}

/** Long enough to be seen, and short enough not to be in the way. */
const shownMs = 1_200;

async function lookAtFullScreen(): Promise<Found<"full-screen">> {
  if (!(await enterFullScreen())) return { finding: "refused" };
  await new Promise((resolve) => setTimeout(resolve, shownMs));
  await leaveFullScreen();
  return { finding: "fine" };
}

/** https://www.w3.org/TR/window-management/, not in TypeScript's library: Chromium alone has it. */
function displaysFinding(): Finding<"displays"> {
  const { isExtended }: Screen & { readonly isExtended?: boolean } = window.screen;
  if (isExtended === undefined) return "not-told";
  return isExtended ? "several" : "fine";
}

async function lookAtClock({ stopped }: Looking): Promise<Found<"clock">> {
  const aheadMs = await probeClock(stopped);
  return aheadMs === null ? { finding: "no-answer" } : { finding: clockFinding(aheadMs), detail: aheadWords(aheadMs) };
}

async function lookAtUpload({ stopped }: Looking): Promise<Found<"upload">> {
  const { finding, bucket, kbitPerSecond } = gradeUpload(await probeUpload(stopped));
  return kbitPerSecond === null
    ? { finding, bucket }
    : { finding, bucket, detail: `Measured: ${speedWords(kbitPerSecond)}` };
}

/** What the recording of three hours takes, should the line be gone for all of them, and what one of ten minutes does. */
const comfortableBytes = 300_000_000;
const leastBytes = 20_000_000;

async function lookAtDisk(): Promise<Found<"disk">> {
  try {
    const free = await probeDisk();
    if (free === null || free >= comfortableBytes) return { finding: "fine" };
    return {
      finding: free < leastBytes ? "too-little" : "little",
      detail: `${Math.round(free / 1_000_000)} MB are free`,
    };
  } catch {
    // The browser keeps nothing for pages here, its disk is full, or what it kept came back changed.
    return { finding: "no-storage" };
  }
}

async function lookForFaces({ devices, stopped }: Looking): Promise<Found<"faces">> {
  const camera = streamOf(devices.store.get().camera)?.getVideoTracks()[0] ?? null;
  const finding = await probeFaces(camera, stopped);
  return camera === null && finding === "fine"
    ? { finding, detail: "Tried with a drawn picture, because there was no camera" }
    : { finding };
}

/** Before it is asked for once more: two streams of one camera are two lights that nobody turns off. */
function release(device: DeviceState): void {
  for (const track of streamOf(device)?.getTracks() ?? []) track.stop();
}

function failureOf(camera: DeviceState): Extract<Finding<"camera">, Finding<"microphone">> | null {
  switch (camera.kind) {
    case "failed":
      return camera.why === "not-entire-screen" ? "unsupported" : camera.why;
    case "ended":
      return "stopped";
    case "idle":
    case "asking":
    case "ready":
      return null;
  }
}
