import { useEffect } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import { useStore } from "../session/store.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { type Devices, streamOf } from "./devices-store.ts";
import { tellNotLoaded } from "./observe-candidate.ts";

/**
 * Takes the pictures that violations ask for, from when the paper opens until the devices are let go: what hands in asks
 * for them too, in the very message that ends the work.
 */
export function useStills(attemptId: AttemptId, session: AttemptSession, devices: Devices, hasOpened: boolean): void {
  const camera = useStore(devices.store, (state) => streamOf(state.camera));
  const screen = useStore(devices.store, (state) => streamOf(state.screen));
  useEffect(() => {
    if (!hasOpened || camera === null || screen === null) return;
    const started = import("./take-stills.ts").then(({ takeStills }) =>
      takeStills({
        attemptId,
        tracks: { camera: camera.getVideoTracks()[0], screen: screen.getVideoTracks()[0] },
        serverNow: () => session.clock.serverNow(),
        follow: (hear) => {
          const look = (): void => hear(session.store.get().view?.wantedStills ?? []);
          look();
          return session.store.subscribe(look);
        },
      }),
    );
    started.catch(() => tellNotLoaded(session));
    return () =>
      void started.then(
        (stills) => stills.stop(),
        () => {}, // told already, above
      );
  }, [attemptId, session, hasOpened, camera, screen]);
}
