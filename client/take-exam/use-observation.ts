import { useEffect, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import { useStore } from "../session/store.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { type Devices, streamOf } from "./devices-store.ts";
import { observeCandidate, tellNotLoaded } from "./observe-candidate.ts";
import { useStills } from "./use-stills.ts";
import type { Uploads } from "./uploads.ts";

type Observation = {
  readonly attemptId: AttemptId;
  readonly session: AttemptSession;
  readonly devices: Devices;
  readonly uploads: Uploads;
};

/**
 * Live video from the waiting room on, so that the proctor sees who asks to be let in; recording and sensors only while
 * the paper is open or paused.
 */
export function useObservation({ attemptId, session, devices, uploads }: Observation): void {
  const status = useStore(session.store, (state) => state.view?.status ?? null);
  const camera = useStore(devices.store, (state) => streamOf(state.camera));
  const screen = useStore(devices.store, (state) => streamOf(state.screen));
  // A page that only reads shows and records nothing: the page that writes does.
  const isReading = useStore(session.store, (state) => state.isReading);
  const isOpen = !isReading && (status === "open" || status === "paused");
  const isLive = isOpen || (!isReading && (status === "waiting" || status === "admitted" || status === "denied"));
  // The paper was open already when this page first heard of it: another page went before.
  const [wasOpen] = useState(isOpen);
  const hasRead = useStore(session.store, (state) => state.hasRead);
  const isResumed = wasOpen || hasRead;
  const isOver = status === "handed-in" || status === "terminated";
  useStills(attemptId, session, devices, isOpen || (isOver && !isReading));
  useEffect(() => {
    if (!isReading) return;
    const timer = setTimeout(() => devices.stop(), releaseAfterMs);
    return () => clearTimeout(timer);
  }, [isReading, devices]);

  useEffect(() => {
    if (!isLive || camera === null || screen === null) return;
    const started = import("../media/publisher.ts").then(({ startPublisher }) =>
      startPublisher({ attemptId, camera, screen, onState: () => {} }),
    );
    started.catch(() => tellNotLoaded(session));
    return () =>
      void started.then(
        (publisher) => publisher.stop(),
        () => {}, // told already, above
      );
  }, [attemptId, session, isLive, camera, screen]);

  useEffect(() => {
    if (!isOpen || camera === null || screen === null) return;
    const stopRecording = uploads.start({ camera, screen, serverNow: () => session.clock.serverNow() ?? 0 });
    const view = session.store.get().view;
    const [sensors, lookedFor] = [new Set(view?.sensors), new Set(view?.lookedFor)];
    const stopObserving = observeCandidate({ session, camera, screen, sensors, lookedFor, isResumed });
    return () => {
      stopRecording();
      stopObserving();
    };
  }, [session, uploads, isOpen, isResumed, camera, screen]);

  useEffect(() => {
    if (!isOver) return;
    // Effects are cleaned up before this runs: the recorder has been asked for its last segment.
    uploads.sendTheRest();
    const timer = setTimeout(() => devices.stop(), releaseAfterMs);
    return () => clearTimeout(timer);
  }, [isOver, uploads, devices]);
}

/** The recorder needs its streams until its last segment is out. */
const releaseAfterMs = 1_500;
