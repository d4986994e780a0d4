import type { SensorName } from "#domain/integrity/sensor.ts";
import type { LastingSignalKind } from "#domain/integrity/signal.ts";
import { lastingSignalKinds, type SignalKind } from "#domain/integrity/signal.ts";
import type { AttemptSession } from "./attempt-session.ts";

/** Told by the session itself, never ended from here. */
const notOurs: ReadonlySet<LastingSignalKind> = new Set(["connection-lost", "sensor-lost"]);

/** How long sensors have to say what is the case now, before what an earlier page left open is ended. */
const settleMs = 5_000;

type Observed = {
  readonly session: AttemptSession;
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  readonly sensors: ReadonlySet<SensorName>;
  readonly lookedFor: ReadonlySet<SignalKind>;
  /** An earlier page of this attempt may have begun signals that it could not end. */
  readonly isResumed: boolean;
};

/** Puts what the sensors notice on the line. Returns what stops it. */
export function observeCandidate({ session, camera, screen, sensors, lookedFor, isResumed }: Observed): () => void {
  const begun = new Set<LastingSignalKind>();
  const started = import("../sensors/watch-candidate.ts").then(({ watchCandidate }) =>
    watchCandidate({
      camera,
      screen,
      sensors,
      lookedFor,
      begin(kind, detail) {
        begun.add(kind);
        void session.submit({ type: "beginSignal", kind, detail });
      },
      end(kind) {
        begun.delete(kind);
        void session.submit({ type: "endSignal", kind });
      },
      moment(kind, detail) {
        void session.submit({ type: "reportMoment", kind, detail });
      },
      onSensor(sensor, state, reason) {
        session.store.update((all) => ({ ...all, sensors: { ...all.sensors, [sensor]: state } }));
        void session.submit({ type: "reportSensor", sensor, state, reason });
      },
    }),
  );
  const settling = isResumed ? setTimeout(endForgotten, settleMs) : undefined;

  function endForgotten(): void {
    for (const kind of lastingSignalKinds) {
      if (!begun.has(kind) && !notOurs.has(kind)) void session.submit({ type: "endSignal", kind });
    }
  }

  started.catch(() => tellNotLoaded(session));
  return () => {
    clearTimeout(settling);
    void started.then(
      (watch) => watch.stop(),
      () => {}, // told already, above
    );
  };
}

/** A part of the page did not come: the network broke, or the server has a newer version. It is never left unsaid. */
export function tellNotLoaded({ store }: AttemptSession): void {
  const title = "A part of this page could not be loaded";
  const text = "Load the page again when you can: your answers are kept, and the proctor knows that you come back.";
  store.update((state) =>
    state.notices.some((notice) => notice.title === title)
      ? state
      : { ...state, notices: [...state.notices, { title, text }] },
  );
}
