import { type Opened, openCamera, openMicrophone, openScreen } from "../media/devices.ts";
import { createStore, type Store } from "../session/store.ts";

export type OpenFailure = Extract<Opened, { ok: false }>["why"];

/** `ended`: it was shared, and then the device or the person stopped it. */
export type DeviceState =
  | { readonly kind: "idle" | "asking" | "ended" }
  | { readonly kind: "ready"; readonly stream: MediaStream }
  | { readonly kind: "failed"; readonly why: OpenFailure };

export type DevicesState = {
  readonly camera: DeviceState;
  readonly screen: DeviceState;
  /** The candidate could not share one of them during the exam, and goes on; the proctor sees that it is missing. */
  readonly goesOnWithout: boolean;
};

/** The camera with its microphone, and the screen, for as long as the page is open. */
export type Devices = {
  readonly store: Store<DevicesState>;
  /** `hasPicture` false: the microphone alone. */
  askCamera(hasPicture: boolean): Promise<void>;
  /** Must be called from a click: browsers want that for the screen. */
  askScreen(): Promise<void>;
  goOnWithout(): void;
  stop(): void;
};

export function createDevices(): Devices {
  const store = createStore<DevicesState>({
    camera: { kind: "idle" },
    screen: { kind: "idle" },
    goesOnWithout: false,
  });

  async function ask(device: "camera" | "screen", open: () => Promise<Opened>): Promise<void> {
    if (store.get()[device].kind === "asking") return;
    put(device, { kind: "asking" });
    const opened = await open();
    if (!opened.ok) return put(device, { kind: "failed", why: opened.why });
    for (const track of opened.stream.getTracks()) {
      track.addEventListener("ended", () => {
        const current = store.get()[device];
        if (current.kind === "ready" && current.stream === opened.stream) put(device, { kind: "ended" });
      });
    }
    put(device, { kind: "ready", stream: opened.stream });
  }

  function put(device: "camera" | "screen", state: DeviceState): void {
    store.update((devices) => ({
      ...devices,
      [device]: state,
      goesOnWithout: state.kind === "ended" ? false : devices.goesOnWithout,
    }));
  }

  return {
    store,
    askCamera: (hasPicture) => ask("camera", hasPicture ? openCamera : openMicrophone),
    askScreen: () => ask("screen", openScreen),
    goOnWithout: () => store.update((devices) => ({ ...devices, goesOnWithout: true })),
    stop() {
      for (const device of ["camera", "screen"] as const) {
        const state = store.get()[device];
        if (state.kind === "ready") for (const track of state.stream.getTracks()) track.stop();
        put(device, { kind: "idle" });
      }
    },
  };
}

export function streamOf(state: DeviceState): MediaStream | null {
  return state.kind === "ready" ? state.stream : null;
}
