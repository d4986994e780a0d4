import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";

/** https://www.w3.org/TR/window-management/, not in TypeScript's library: Chromium alone has it. */
type ExtendedScreen = Screen & { readonly isExtended?: boolean };
type ScreensWindow = Window & {
  readonly getScreenDetails?: () => Promise<{ readonly screens: readonly unknown[] }>;
};

/** Whether more than one display belongs to this desktop. How many is only asked where that needs no question. */
export function watchDisplays({ edges, beat }: Told): Sensor {
  const screen: ExtendedScreen = window.screen;
  if (screen.isExtended === undefined) {
    beat("not-available", "not-supported");
    return { stop() {} };
  }
  let isStopped = false;
  const look = (): void => {
    if (screen.isExtended !== true) return edges.read("several-displays", false);
    void displayCount().then((count) => {
      // It may be over by the time the browser has counted.
      if (isStopped || screen.isExtended !== true) return;
      edges.read("several-displays", true, { count, confidence: null });
    });
  };
  const looking = lookRegularly(beat, look, [[screen as unknown as EventTarget, "change"]]);
  return {
    stop() {
      isStopped = true;
      looking.stop();
    },
  };
}

/** Null where the candidate would have to be asked first. */
async function displayCount(): Promise<number | null> {
  const counting: ScreensWindow = window;
  try {
    const leave = await navigator.permissions.query({ name: "window-management" as PermissionName });
    if (leave.state !== "granted" || counting.getScreenDetails === undefined) return null;
    return (await counting.getScreenDetails()).screens.length;
  } catch {
    // The browser does not know this permission, or took it back meanwhile.
    return null;
  }
}
