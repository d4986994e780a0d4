import { startPictureLooks } from "#client/sensors/picture-looks.ts";
import { watchCandidate } from "#client/sensors/watch-candidate.ts";
import { sensorNames } from "#domain/integrity/sensor.ts";
import { signalKinds } from "#domain/integrity/signal.ts";

/** What the specification reads from the page. Times are `performance.now()`. */
export type SensorHarness = {
  readonly signals: { readonly edge: "begin" | "end"; readonly kind: string; readonly subject?: string }[];
  readonly sensors: {
    readonly sensor: string;
    readonly state: string;
    readonly reason: string | null;
    readonly at: number;
  }[];
  readonly poses: { readonly yaw: number; readonly pitch: number }[];
};

declare global {
  var sensorHarness: SensorHarness | undefined;
}

const asked = new URLSearchParams(location.search).get("sensors")?.split(",") ?? [];
const camera = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });

const harness: SensorHarness = { signals: [], sensors: [], poses: [] };
if (asked.includes("pose")) {
  startPictureLooks({
    video: camera.getVideoTracks()[0]!,
    models: ["head"],
    onLook({ head }) {
      if (head !== null && head.pose !== null) harness.poses.push(head.pose);
      return "settled";
    },
    onLost: (lost, reason) => console.error(lost, reason),
  });
} else {
  watchCandidate({
    camera,
    screen: new MediaStream(),
    lookedFor: new Set(signalKinds),
    sensors: new Set(sensorNames.filter((name) => asked.includes(name))),
    begin: (kind, { subject = "" }) => harness.signals.push({ edge: "begin", kind, subject }),
    end: (kind) => harness.signals.push({ edge: "end", kind }),
    moment: () => {},
    onSensor: (sensor, state, reason) => harness.sensors.push({ sensor, state, reason, at: performance.now() }),
  });
}
globalThis.sensorHarness = harness;
