import { largestStillBytes, stillWantedMs, type WantedStills } from "#domain/attempt/still.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { StillSource } from "#domain/integrity/policy.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { putPicture } from "../media/put-picture.ts";
import type { StillCamera } from "../media/still-camera.ts";
import { backoffMs } from "../session/backoff.ts";

/** Wide enough to recognise somebody, and to read a screen by. */
const widths: Readonly<Record<StillSource, number>> = { camera: 640, screen: 1280 };

/** What could not be put by then is given up: about a minute. */
const mostTries = 6;

type StillsOptions = {
  readonly attemptId: AttemptId;
  readonly tracks: Readonly<Record<StillSource, MediaStreamTrack | undefined>>;
  /** Null until the clock was measured. */
  readonly serverNow: () => EpochMs | null;
  /** Calls back with what is wanted, now and at each change. Returns what ends that. */
  readonly follow: (hear: (wanted: readonly WantedStills[]) => void) => () => void;
};

/** [E30] Takes the pictures that the session asks for, each once and while it is of the moment, and puts them there. */
export function takeStills({ attemptId, tracks, serverNow, follow }: StillsOptions): { readonly stop: () => void } {
  const begun = new Set<string>();
  // From the beginning, so that a still is of the moment at which it is asked for.
  const opening = openCameras(tracks);
  /** Pictures under way: the cameras are let go when the last of them was taken. */
  const taking = new Set<Promise<void>>();

  async function take(seq: number, source: StillSource, now: EpochMs): Promise<void> {
    const takenAt = Math.round(now);
    const picture = (await (await opening)[source]?.take(widths[source], largestStillBytes)) ?? null;
    if (picture === null) return;
    const url = `/v1/sit/${attemptId}/stills/${seq}/${source}?sha256=${picture.sha256}&takenAt=${takenAt}`;
    void put(url, picture.bytes);
  }

  const unfollow = follow((wanted) => {
    const now = serverNow();
    if (now === null) return;
    for (const { seq, at, sources } of wanted) {
      if (now - at > stillWantedMs) continue;
      for (const source of sources) {
        if (tracks[source] === undefined || begun.has(`${seq} ${source}`)) continue;
        begun.add(`${seq} ${source}`);
        const taken = take(seq, source, now);
        taking.add(taken);
        void taken.finally(() => taking.delete(taken));
      }
    }
  });

  return {
    stop() {
      unfollow();
      void Promise.allSettled(taking)
        .then(() => opening)
        .then((cameras) => {
          for (const camera of Object.values(cameras)) camera.stop();
        });
    },
  };
}

type Cameras = Readonly<Partial<Record<StillSource, StillCamera>>>;

/** None where the part of the page could not be loaded: the session goes on without pictures, and the review says so. */
async function openCameras({ camera, screen }: StillsOptions["tracks"]): Promise<Cameras> {
  try {
    const { openStillCamera } = await import("../media/still-camera.ts");
    return {
      ...(camera === undefined ? {} : { camera: openStillCamera(camera) }),
      ...(screen === undefined ? {} : { screen: openStillCamera(screen) }),
    };
  } catch {
    return {};
  }
}

/** Goes on when the page that took the picture has let go of its camera: the exam may have ended in that moment. */
async function put(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let failures = 1; failures <= mostTries; failures += 1) {
    if ((await putPicture(url, bytes)) !== "not-now") return;
    await new Promise((resolve) => setTimeout(resolve, backoffMs(failures, Math.random())));
  }
}
