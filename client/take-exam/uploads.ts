import type { AttemptId } from "#domain/exam/ids.ts";
import { createStore, type Store } from "../session/store.ts";

/** What of the recording is still on this computer. `isKnown` is false until it has been looked at. */
export type UploadsState = {
  readonly isKnown: boolean;
  readonly waiting: number;
  readonly failed: string | null;
};

type RecordingInput = {
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  readonly serverNow: () => number;
};

/** The recording of one attempt: it runs while the exam is open, and sends what is left afterwards. */
export type Uploads = {
  readonly store: Store<UploadsState>;
  start(input: RecordingInput): () => void;
  /** Sends what is left, also what an earlier page recorded. */
  sendTheRest(): void;
};

export function createUploads(attemptId: AttemptId): Uploads {
  const store = createStore<UploadsState>({ isKnown: false, waiting: 0, failed: null });
  const onState = (state: { readonly waiting: number; readonly failed: string | null }): void =>
    store.set({ isKnown: true, ...state });
  /** Recorders that were asked to stop, and have not yet put their last segment aside. */
  let stopping: Promise<unknown> = Promise.resolve();

  return {
    store,
    start(input) {
      const started = import("../media/recorder.ts").then(({ startRecorder }) =>
        startRecorder({ attemptId, ...input, onState }),
      );
      started.catch(() => store.set({ isKnown: true, waiting: 0, failed: "the recorder could not be loaded" }));
      return () => {
        stopping = Promise.allSettled([stopping, started.then((recorder) => recorder.stop())]);
      };
    },
    sendTheRest() {
      void Promise.all([import("../media/recorder.ts"), stopping])
        .then(([{ resumeUploads }]) => resumeUploads(attemptId, onState))
        .catch(() => store.set({ isKnown: true, waiting: 0, failed: "the recorder could not be loaded" }));
    },
  };
}
