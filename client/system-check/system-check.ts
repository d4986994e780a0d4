import {
  type CheckFindings,
  type CheckLine,
  checkLines,
  type Finding,
  type UploadBucket,
} from "#protocol/system-check.ts";
import { createStore, type Store } from "../session/store.ts";
import { createDevices, type Devices } from "../take-exam/devices-store.ts";
import { type Found, type Look, looks } from "./looks.ts";

export type LineState = {
  readonly progress: "waiting" | "checking" | "done";
  /** Of the last time; while it is checked again too. */
  readonly finding: Finding;
  /** What was measured, in words; null where there is nothing to say. */
  readonly detail: string | null;
};

export type CheckState = {
  readonly lines: { readonly [Line in CheckLine]: LineState };
  /** As the upload was measured last. */
  readonly bucket: UploadBucket;
  readonly isRunning: boolean;
};

export type SystemCheck = {
  readonly store: Store<CheckState>;
  readonly devices: Devices;
  /** Checks one line, once more if need be. The screen and full screen have to be asked for from a click. */
  run(line: CheckLine): Promise<void>;
  /** Forgets what was found, and checks everything that needs no click of its own. */
  runAll(): Promise<void>;
  /** Turns the camera and the screen off. What was found stays. */
  turnOff(): void;
  /** The same, and ends what is being measured. */
  stop(): void;
};

/** Browsers show the screen's picker, and fill the screen, only after a click: these two wait for theirs. */
export const clickedLines: readonly CheckLine[] = ["screen", "full-screen"];

/** The line is measured last, when nothing else loads; the microphone needs the camera's stream, and so do the faces. */
const order: readonly CheckLine[] = ["browser", "displays", "disk", "clock", "camera", "microphone", "faces", "upload"];

const untouched: LineState = { progress: "waiting", finding: "not-checked", detail: null };

export function createSystemCheck(): SystemCheck {
  const store = createStore<CheckState>({ lines: allUntouched(), bucket: null, isRunning: false });
  const devices = createDevices();
  let leaving = new AbortController();

  // What a person stops, or a cable, is said as soon as it is so.
  devices.store.subscribe(() => {
    const { camera, screen } = devices.store.get();
    if (camera.kind === "ended") for (const line of ["camera", "microphone"] as const) putStopped(line);
    if (screen.kind === "ended") putStopped("screen");
  });

  function put(line: CheckLine, change: Partial<LineState>): void {
    store.update((state) => ({ ...state, lines: { ...state.lines, [line]: { ...state.lines[line], ...change } } }));
  }

  function putStopped(line: "camera" | "microphone" | "screen"): void {
    const { progress, finding } = store.get().lines[line];
    if (progress === "done" && finding === "fine") put(line, { finding: "stopped", detail: null });
  }

  async function run(line: CheckLine): Promise<void> {
    if (store.get().lines[line].progress === "checking") return;
    const { signal } = leaving;
    put(line, { progress: "checking" });
    const look: Look = looks[line];
    const { finding, detail, bucket }: Found = await look({ devices, stopped: signal });
    if (signal.aborted) {
      // What was allowed only after everything was turned off, is turned off too.
      if (!isBusy(store.get())) devices.stop();
      return;
    }
    if (bucket !== undefined) store.update((state) => ({ ...state, bucket }));
    put(line, { progress: "done", finding, detail: detail ?? null });
  }

  function stop(): void {
    leaving.abort();
    leaving = new AbortController();
    devices.stop();
    store.update((state) => ({ ...state, isRunning: false }));
    for (const line of checkLines) {
      if (store.get().lines[line].progress === "checking") put(line, untouched);
    }
  }

  return {
    store,
    devices,
    run,
    async runAll() {
      stop();
      const { signal } = leaving;
      store.set({ lines: allUntouched(), bucket: null, isRunning: true });
      for (const line of order) {
        if (!signal.aborted) await run(line);
      }
      if (!signal.aborted) store.update((state) => ({ ...state, isRunning: false }));
    },
    turnOff: () => devices.stop(),
    stop,
  };
}

export function findingsOf({ lines }: CheckState): CheckFindings {
  return Object.fromEntries(checkLines.map((line) => [line, lines[line].finding])) as CheckFindings;
}

function isBusy({ lines, isRunning }: CheckState): boolean {
  return isRunning || checkLines.some((line) => lines[line].progress === "checking");
}

function allUntouched(): CheckState["lines"] {
  return Object.fromEntries(checkLines.map((line) => [line, untouched])) as CheckState["lines"];
}
