/**
 * Counts faces away from the page's thread. A module worker, because the content security policy lets MediaPipe's
 * runtime in only by `import`.
 */
import { FaceDetector, FilesetResolver } from "@mediapipe/tasks-vision";
import { countFaces, reportedThreshold } from "./face-count.ts";
import type { FromFaceWorker, ToFaceWorker } from "./face-worker-message.ts";

let detector: FaceDetector | null = null;

self.addEventListener("message", (event: MessageEvent<ToFaceWorker>) => {
  void answer(event.data).then(
    (message) => self.postMessage(message),
    (error: unknown) => self.postMessage({ kind: "failed", reason: String(error) } satisfies FromFaceWorker),
  );
});

async function answer(message: ToFaceWorker): Promise<FromFaceWorker> {
  switch (message.kind) {
    case "load":
      detector = await loadDetector(message.assets);
      return { kind: "loaded" };
    case "count":
      return { kind: "counted", ...countFaces(scoresIn(message.frame)) };
  }
}

async function loadDetector(assets: string): Promise<FaceDetector> {
  return FaceDetector.createFromOptions(await FilesetResolver.forVisionTasks(assets, true), {
    // Most candidates' machines draw the GPU delegate in software, where it is ten times slower.
    baseOptions: { modelAssetPath: `${assets}/face-detector.tflite`, delegate: "CPU" },
    // Not VIDEO: its tracker lost the second face.
    runningMode: "IMAGE",
    minDetectionConfidence: reportedThreshold,
  });
}

function scoresIn(frame: ImageBitmap): readonly number[] {
  if (detector === null) throw new Error("a frame came before the detector was loaded");
  try {
    return detector.detect(frame).detections.map((detection) => detection.categories[0]?.score ?? 0);
  } finally {
    frame.close();
  }
}
