/**
 * Looks at the camera's pictures away from the page's thread. A module worker, because the content security policy lets
 * MediaPipe's runtime in only by `import`. No picture leaves it.
 */
import { FaceDetector, FaceLandmarker, FilesetResolver } from "@mediapipe/tasks-vision";
import { type FacesSeen, facesSeen, reportedThreshold } from "./face-count.ts";
import { type HeadPose, headPoseOf } from "./head-pose.ts";
import { isSamePicture, pictureStatistics } from "./picture-statistics.ts";
import type { FromPictureWorker, Looked, PictureModel, ToPictureWorker } from "./picture-worker-message.ts";

let detector: FaceDetector | null = null;
let landmarker: FaceLandmarker | null = null;
let before: Uint8ClampedArray | null = null;
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true });

self.addEventListener("message", ({ data }: MessageEvent<ToPictureWorker>) => {
  switch (data.kind) {
    case "load":
      say({ kind: "ready" });
      void load(data.assets, data.models);
      return;
    case "look":
      try {
        say({ kind: "looked", looked: lookAt(data.frame, data.models) });
      } finally {
        data.frame.close();
      }
      return;
  }
});

function say(message: FromPictureWorker): void {
  self.postMessage(message);
}

function fail(model: PictureModel, reason: "could-not-load" | "could-not-work", error: unknown): void {
  if (model === "faces") detector = null;
  else landmarker = null;
  say({ kind: "failed", model, reason, why: String(error) });
}

/** One after the other: what is loaded first counts while the second comes. */
async function load(assets: string, models: readonly PictureModel[]): Promise<void> {
  for (const [place, model] of models.entries()) {
    try {
      const fileset = await FilesetResolver.forVisionTasks(assets, true);
      // A module is run once for each address, and each task needs a run of its own.
      if (place > 0) fileset.wasmLoaderPath += `?${place + 1}`;
      if (model === "faces") detector = await loadDetector(fileset, assets);
      else landmarker = await loadLandmarker(fileset, assets);
    } catch (error) {
      fail(model, "could-not-load", error);
    }
  }
}

type Fileset = Awaited<ReturnType<typeof FilesetResolver.forVisionTasks>>;

// Both on the CPU: most candidates' machines draw the GPU delegate in software, where it is ten times slower. And not as
// VIDEO: its tracker lost the second face.

function loadDetector(fileset: Fileset, assets: string): Promise<FaceDetector> {
  return FaceDetector.createFromOptions(fileset, {
    baseOptions: { modelAssetPath: `${assets}/face-detector.tflite`, delegate: "CPU" },
    runningMode: "IMAGE",
    minDetectionConfidence: reportedThreshold,
  });
}

function loadLandmarker(fileset: Fileset, assets: string): Promise<FaceLandmarker> {
  return FaceLandmarker.createFromOptions(fileset, {
    baseOptions: { modelAssetPath: `${assets}/face-landmarker.task`, delegate: "CPU" },
    runningMode: "IMAGE",
    numFaces: 1,
    outputFacialTransformationMatrixes: true,
  });
}

function lookAt(frame: ImageBitmap, models: readonly PictureModel[]): Looked {
  const { width, height } = frame;
  const pixels = pixelsOf(frame);
  const isSame = before === null ? null : isSamePicture(before, pixels);
  before = pixels;
  return {
    statistics: pictureStatistics(pixels, width, height),
    isSame,
    faces: models.includes("faces") ? attempt("faces", () => facesIn(frame)) : null,
    head: models.includes("head") ? attempt("head", () => headIn(frame)) : null,
  };
}

function pixelsOf(frame: ImageBitmap): Uint8ClampedArray {
  if (context === null) throw new Error("a worker's canvas has no context");
  const { width, height } = frame;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.drawImage(frame, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** A browser with no WebGL at all, not even in software, breaks on every picture. */
function attempt<Found>(model: PictureModel, look: () => Found): Found | null {
  try {
    return look();
  } catch (error) {
    fail(model, "could-not-work", error);
    return null;
  }
}

function facesIn(frame: ImageBitmap): FacesSeen | null {
  if (detector === null) return null;
  return facesSeen(
    detector.detect(frame).detections.map(({ categories, boundingBox }) => {
      const { originX: left = 0, width = 0, height = 0 } = boundingBox ?? {};
      const place = { left: left / frame.width, width: width / frame.width, height: height / frame.height };
      return { score: categories[0]?.score ?? 0, place };
    }),
  );
}

function headIn(frame: ImageBitmap): { readonly pose: HeadPose | null } | null {
  if (landmarker === null) return null;
  const [matrix] = landmarker.detect(frame).facialTransformationMatrixes;
  return { pose: matrix === undefined ? null : headPoseOf(matrix.data) };
}
