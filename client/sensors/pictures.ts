import { createCameraSignals } from "./camera-signals.ts";
import { watchCameraTrack } from "./camera.ts";
import { createFaceSignals } from "./face-signals.ts";
import { createHeadBaseline, type HeadBaseline } from "./head-baseline.ts";
import { createHeadSignals } from "./head-signals.ts";
import { type PictureLook, startPictureLooks } from "./picture-looks.ts";
import { pictureModels } from "./picture-worker-message.ts";
import type { Sensor, Told } from "./sensor.ts";

/** The sensors that look at the camera's pictures; null where the policy does not ask for it. */
export type PictureSensors = Readonly<Record<"camera" | "faces" | "head", Told | null>>;

/** What a page learned of how its candidate sits before this camera: it stays on the page, as long as the page. */
const baselines = new WeakMap<MediaStreamTrack, HeadBaseline>();

/** Looks at the camera's pictures for all sensors that ask for it, each picture once. */
export function watchPictures(sensors: PictureSensors, picture: MediaStreamTrack | undefined): Sensor {
  const { camera, faces, head } = sensors;
  const track = camera === null ? null : watchCameraTrack(camera, picture);
  if (picture === undefined) {
    // Who sits without a camera has no picture to be looked at.
    for (const told of [camera, faces, head]) told?.beat("not-available", "no-input");
    return { stop: () => track?.stop() };
  }
  const watches = [camera && lookForCamera(camera), faces && lookForFaces(faces), head && lookForHead(head, picture)];
  const wanted = watches.filter((watch) => watch !== null);
  if (wanted.length === 0) return { stop() {} };
  const looks = startPictureLooks({
    video: picture,
    models: pictureModels.filter((model) => sensors[model] !== null),
    onLook: (look) => (wanted.map((watch) => watch.looked(look)).every(Boolean) ? "settled" : "again"),
    onLost(lost, reason) {
      for (const watch of wanted) if (lost.includes(watch.needs)) watch.lost(reason);
    },
  });
  return {
    stop() {
      looks.stop();
      track?.stop();
    },
  };
}

type Watch = {
  readonly needs: "pictures" | (typeof pictureModels)[number];
  /** Whether what was seen agrees with what was seen before. */
  readonly looked: (look: PictureLook) => boolean;
  readonly lost: (reason: Parameters<Told["beat"]>[1]) => void;
};

function lookForCamera({ edges, beat }: Told): Watch {
  const signals = createCameraSignals(edges);
  return {
    needs: "pictures",
    looked({ statistics, isSame }) {
      beat("working");
      // A hidden page need not be shown new pictures: that they are the same says nothing of the camera.
      return signals.looked({ statistics, isSame: document.visibilityState === "hidden" ? null : isSame });
    },
    lost(reason) {
      beat("lost", reason);
      signals.lost();
    },
  };
}

function lookForFaces({ edges, beat }: Told): Watch {
  const signals = createFaceSignals(edges);
  let isCounting = false;
  return {
    needs: "faces",
    looked({ faces, isSlow }) {
      isCounting ||= faces !== null;
      if (isCounting) beatAtPace(beat, isSlow);
      return faces === null || signals.counted(faces);
    },
    lost(reason) {
      isCounting = false;
      beat("lost", reason);
      signals.lost();
    },
  };
}

function lookForHead({ edges, beat }: Told, picture: MediaStreamTrack): Watch {
  const baseline = baselines.get(picture) ?? createHeadBaseline();
  baselines.set(picture, baseline);
  const signals = createHeadSignals(edges, baseline);
  let isReading = false;
  return {
    needs: "head",
    looked({ head, isSlow, at }) {
      isReading ||= head !== null;
      if (isReading) beatAtPace(beat, isSlow);
      return head === null || signals.looked(head.pose, at);
    },
    lost(reason) {
      isReading = false;
      beat("lost", reason);
      signals.lost();
    },
  };
}

/** A picture that no model looked at, because the machine is slow, is a sign of life all the same. */
function beatAtPace(beat: Told["beat"], isSlow: boolean): void {
  if (isSlow) beat("degraded", "slow");
  else beat("working");
}
