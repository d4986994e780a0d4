import { addNormalization } from "./add-normalization.ts";
import { joinLandmarks } from "./join-landmarks.ts";
import { writeZip } from "./write-zip.ts";

/** Where the models lie in face_mesh_solution_packed_assets.data of @mediapipe/face_mesh 0.4.1657299874. */
const place = {
  landmarks: { from: 0, to: 2_495_952 },
  geometry: { from: 3_737_848, to: 3_757_224 },
  detector: { from: 3_757_224, to: 3_986_256 },
} as const;

/** The bundle that MediaPipe's FaceLandmarker loads, without the model for expressions, which nobody here needs. */
export function buildLandmarker(packedAssets: Uint8Array): Uint8Array {
  const part = ({ from, to }: { readonly from: number; readonly to: number }) => packedAssets.slice(from, to);
  return writeZip([
    { name: "face_detector.tflite", bytes: addNormalization(part(place.detector), { mean: 127.5, std: 127.5 }) },
    {
      name: "face_landmarks_detector.tflite",
      bytes: addNormalization(joinLandmarks(part(place.landmarks)), { mean: 0, std: 255 }),
    },
    { name: "geometry_pipeline_metadata_landmarks.binarypb", bytes: part(place.geometry) },
  ]);
}
