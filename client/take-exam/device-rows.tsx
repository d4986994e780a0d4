import { useStore } from "../session/store.ts";
import { type Advice, browserOf, cameraAdvice, screenAdvice } from "./device-advice.ts";
import { DeviceRow } from "./device-row.tsx";
import type { Devices, DeviceState } from "./devices-store.ts";
import { LevelMeter } from "./level-meter.tsx";
import { LivePreview } from "./live-preview.tsx";

const endedAdvice: Advice = {
  title: "It was shared, and then stopped",
  whatToDo: "Share it again to go on.",
};

type DeviceRowsProps = {
  readonly devices: Devices;
  readonly hasMeter?: boolean;
  /** False for who sits without a camera: then it is the microphone alone. */
  readonly hasCamera?: boolean;
};

/** The camera with its microphone, and the screen: to be shared before the exam, and again after a reload. */
export function DeviceRows({ devices, hasMeter = true, hasCamera = true }: DeviceRowsProps) {
  const { camera, screen } = useStore(devices.store, (state) => state);
  const browser = browserOf(navigator.userAgent);
  const isMac = navigator.userAgent.includes("Mac OS");
  return (
    <>
      <DeviceRow
        title={hasCamera ? "Camera and microphone" : "Microphone"}
        purpose={
          hasCamera
            ? "A proctor sees and hears you. The picture here is only for you to check."
            : "A proctor hears you. It was arranged that you need no camera."
        }
        state={rowState(camera)}
        advice={adviceFor(camera, (why) => cameraAdvice(why, browser))}
        ask={hasCamera ? "Turn on camera and microphone" : "Turn on the microphone"}
        onAsk={() => void devices.askCamera(hasCamera)}
      >
        {camera.kind === "ready" ? (
          <>
            {hasCamera ? <LivePreview stream={camera.stream} label="Your camera's picture" isMirrored /> : null}
            {hasMeter ? <LevelMeter stream={camera.stream} /> : null}
          </>
        ) : null}
      </DeviceRow>
      <DeviceRow
        title="Entire screen"
        purpose="Choose your entire screen when the browser asks, not a window or a tab."
        state={rowState(screen)}
        advice={adviceFor(screen, (why) => screenAdvice(why, browser, isMac))}
        ask="Share the entire screen"
        onAsk={() => void devices.askScreen()}
      >
        {screen.kind === "ready" && hasMeter ? (
          <LivePreview stream={screen.stream} label="Your screen as it is shared" />
        ) : null}
      </DeviceRow>
    </>
  );
}

function rowState(device: DeviceState): "open" | "asking" | "ready" | "failed" {
  switch (device.kind) {
    case "idle":
      return "open";
    case "ended":
    case "failed":
      return "failed";
    case "asking":
    case "ready":
      return device.kind;
  }
}

function adviceFor(
  device: DeviceState,
  say: (why: Extract<DeviceState, { kind: "failed" }>["why"]) => Advice,
): Advice | null {
  if (device.kind === "failed") return say(device.why);
  return device.kind === "ended" ? endedAdvice : null;
}
