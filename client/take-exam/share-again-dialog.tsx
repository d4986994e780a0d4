import { Button, Text } from "@mantine/core";
import { useStore } from "../session/store.ts";
import { Dialog } from "../ui/dialog.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { DeviceRows } from "./device-rows.tsx";
import type { Devices } from "./devices-store.ts";
import { ExamClock } from "./exam-clock.tsx";
import { enterFullScreen } from "./full-screen.ts";

type ShareAgainDialogProps = { readonly session: AttemptSession; readonly devices: Devices };

/** After a reload, or when a share has ended: browsers forget the camera and the screen, and only a click brings them back. */
export function ShareAgainDialog({ session, devices }: ShareAgainDialogProps) {
  const { camera, screen } = useStore(devices.store, (state) => state);
  const time = useStore(session.store, (state) => state.view?.time ?? null);
  const hasCamera = useStore(session.store, (state) => state.view?.exceptions.includes("no-camera") !== true);
  const hasFailed = camera.kind === "failed" || screen.kind === "failed";
  return (
    <Dialog
      title="Your exam is still here"
      isVeiled
      actions={
        hasFailed ? (
          <Button
            variant="default"
            onClick={() => {
              void session.submit({
                type: "sendMessage",
                text: "I cannot share my camera or my screen again, and go on without it.",
              });
              devices.goOnWithout();
              void enterFullScreen();
            }}
          >
            I cannot: tell the proctor and go on
          </Button>
        ) : null
      }
    >
      <Text mb="sm">
        Share your camera and screen again to go on. Every answer that was saved is in its place. <br />
        <ExamClock session={session} time={time} />
      </Text>
      <DeviceRows devices={devices} hasMeter={false} hasCamera={hasCamera} />
    </Dialog>
  );
}
