import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";
import { watchTrack } from "./track.ts";

/** Chromium and Firefox name what is shared; a browser that does not is told as looking with less. */
const surfaceWords: Readonly<Record<string, string>> = { window: "a window", browser: "a tab" };

/** Whether the screen is still shared, and whether it is the entire screen. */
export function watchScreen(told: Told, display: MediaStreamTrack | undefined): Sensor {
  const { edges, beat } = told;
  // This sensor has one heart: the look at the surface beats for both.
  const sharing = watchTrack({ ...told, beat: () => {} }, "screen-share-ended", display);
  const look = (): void => {
    const surface = display?.readyState === "live" ? display.getSettings().displaySurface : undefined;
    edges.read("screen-not-entire", isLessThanScreen(surface), {
      count: null,
      confidence: null,
      ...(surface === undefined ? {} : { subject: surfaceWords[surface] ?? surface }),
    });
  };
  const surfaces = lookRegularly(
    () => {
      const saysWhat = display === undefined || display.getSettings().displaySurface !== undefined;
      if (saysWhat) beat("working");
      else beat("degraded", "not-supported");
    },
    look,
    // Chromium tells of a share that was switched to another surface.
    display === undefined ? [] : [[display, "configurationchange"]],
  );
  return {
    stop() {
      sharing.stop();
      surfaces.stop();
    },
  };
}

function isLessThanScreen(surface: string | undefined): boolean {
  return surface !== undefined && surface !== "monitor";
}
