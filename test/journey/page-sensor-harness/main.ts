import { openMicrophone } from "#client/media/devices.ts";
import { watchCandidate } from "#client/sensors/watch-candidate.ts";
import { sensorNames } from "#domain/integrity/sensor.ts";
import { type SignalDetail, signalKinds } from "#domain/integrity/signal.ts";

/** What the specification reads from the page. Times are `performance.now()`. */
export type PageSensorHarness = {
  readonly startedAt: number;
  readonly signals: {
    readonly edge: "begin" | "end";
    readonly kind: string;
    readonly detail: SignalDetail | null;
    readonly at: number;
  }[];
  readonly moments: { readonly kind: string; readonly detail: SignalDetail }[];
  readonly sensors: { readonly sensor: string; readonly state: string; readonly reason: string | null }[];
};

declare global {
  var pageSensorHarness: PageSensorHarness | undefined;
}

const options = new URLSearchParams(location.search);
const asked = options.get("sensors")?.split(",") ?? [];
const off = options.get("off")?.split(",") ?? [];

// Sharing a screen needs a click.
document.querySelector("#start")?.addEventListener("click", () => void start(), { once: true });

async function start(): Promise<void> {
  const screen = options.has("screen") ? await navigator.mediaDevices.getDisplayMedia() : new MediaStream();
  const microphone = options.has("microphone") ? await openMicrophone() : null;
  const camera = microphone?.ok === true ? microphone.stream : new MediaStream();
  const harness: PageSensorHarness = {
    startedAt: performance.now(),
    signals: [],
    moments: [],
    sensors: [],
  };
  watchCandidate({
    camera,
    screen,
    sensors: new Set(sensorNames.filter((name) => asked.includes(name))),
    lookedFor: new Set(signalKinds.filter((kind) => !off.includes(kind))),
    begin: (kind, detail) => harness.signals.push({ edge: "begin", kind, detail, at: performance.now() }),
    end: (kind) => harness.signals.push({ edge: "end", kind, detail: null, at: performance.now() }),
    moment: (kind, detail) => harness.moments.push({ kind, detail }),
    onSensor: (sensor, state, reason) => harness.sensors.push({ sensor, state, reason }),
  });
  globalThis.pageSensorHarness = harness;
}
