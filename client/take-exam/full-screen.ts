import { useSyncExternalStore } from "react";

/** Follows whether the page is in full screen. */
export function useIsFullScreen(): boolean {
  return useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener("fullscreenchange", onChange);
  return () => document.removeEventListener("fullscreenchange", onChange);
}

/** Must be called from a click. Resolves to whether the page is in full screen then. */
export async function enterFullScreen(): Promise<boolean> {
  try {
    if (document.fullscreenElement === null) await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    return true;
  } catch {
    // The browser or the institution's settings do not allow it, or no click was behind the call.
    return false;
  }
}

export async function leaveFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
  } catch {
    // It was left meanwhile, which is what was asked for.
  }
}
