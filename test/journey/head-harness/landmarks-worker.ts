/** Finds a portrait's landmarks. A module worker, because MediaPipe's runtime comes here only as a module. */
import { FaceLandmarker, FilesetResolver } from "@mediapipe/tasks-vision";

const assets = new URL("/face", self.location.href).href;

self.addEventListener("message", ({ data }: MessageEvent<ImageBitmap>) => {
  void landmarksOf(data).then((landmarks) => self.postMessage(landmarks));
});

async function landmarksOf(portrait: ImageBitmap) {
  const landmarker = await FaceLandmarker.createFromOptions(await FilesetResolver.forVisionTasks(assets, true), {
    baseOptions: { modelAssetPath: `${assets}/face-landmarker.task`, delegate: "CPU" },
    runningMode: "IMAGE",
    numFaces: 1,
  });
  return landmarker.detect(portrait).faceLandmarks[0] ?? [];
}
