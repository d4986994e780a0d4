import type { SignalEdges } from "./signal-edges.ts";
import type { Sensor } from "./sensor.ts";

/** Whether another window has the focus. */
export function watchWindowFocus(edges: SignalEdges): Sensor {
  const onBlur = (): void => edges.read("window-blurred", true);
  const onFocus = (): void => edges.read("window-blurred", false);
  window.addEventListener("blur", onBlur);
  window.addEventListener("focus", onFocus);
  edges.read("window-blurred", !document.hasFocus());
  return {
    stop() {
      window.removeEventListener("blur", onBlur);
      window.removeEventListener("focus", onFocus);
    },
  };
}
