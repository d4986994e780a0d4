import type { OpenFailure } from "./devices-store.ts";

export type Browser = "chromium" | "firefox" | "safari";

/** From the user agent: only the words of the advice depend on it. */
export function browserOf(userAgent: string): Browser {
  if (userAgent.includes("Firefox/")) return "firefox";
  return userAgent.includes("Chrome/") || !userAgent.includes("Safari/") ? "chromium" : "safari";
}

export type Advice = { readonly title: string; readonly whatToDo: string };

const allowCamera: Readonly<Record<Browser, string>> = {
  chromium:
    "Click the symbol at the left end of the address bar, allow the camera and the microphone for this site, then try again.",
  firefox:
    "Click the crossed-out camera beside the address, remove the block for the camera and the microphone, then try again and allow both.",
  safari: "In the Safari menu choose Settings for this website, allow the camera and the microphone, then try again.",
};

const allowScreen: Readonly<Record<Browser, string>> = {
  chromium: "Try again, choose the tab Entire screen, click the picture of your screen, then Share.",
  firefox: "Try again, choose Entire screen from the list, then Allow.",
  safari: "Try again and choose Share entire screen.",
};

const macScreen =
  "On a Mac the browser also needs leave from the system: System Settings, Privacy & Security, Screen Recording. Start the browser again after that; your place is kept.";

/** What to do about a camera or microphone that could not be opened. */
export function cameraAdvice(why: OpenFailure, browser: Browser): Advice {
  switch (why) {
    case "refused":
      return { title: "The camera or the microphone was not allowed", whatToDo: allowCamera[browser] };
    case "missing":
      return {
        title: "No camera or no microphone was found",
        whatToDo: "Connect both, check that they are switched on and that no cover is on the camera, then try again.",
      };
    case "busy":
      return {
        title: "Another program uses the camera",
        whatToDo: "Close programs for video calls, then try again.",
      };
    case "unsupported":
    case "not-entire-screen":
      return {
        title: "This browser does not give the camera to a page",
        whatToDo: "Open your link in Chrome, Edge or Firefox on a computer.",
      };
  }
}

/** What to do about a screen that could not be shared. */
export function screenAdvice(why: OpenFailure, browser: Browser, isMac: boolean): Advice {
  switch (why) {
    case "not-entire-screen":
      return {
        title: "That was a window or a tab, not the entire screen",
        whatToDo: `Nothing of it was sent. The exam asks for the entire screen. ${allowScreen[browser]}`,
      };
    case "refused":
      return {
        title: "The screen was not shared",
        whatToDo: isMac ? `${allowScreen[browser]} ${macScreen}` : allowScreen[browser],
      };
    case "busy":
    case "missing":
      return {
        title: "The screen could not be read",
        whatToDo: isMac ? macScreen : "Close other programs that share or record the screen, then try again.",
      };
    case "unsupported":
      return {
        title: "This browser cannot share the screen",
        whatToDo: "Open your link in Chrome, Edge or Firefox on a computer. Telephones and tablets cannot share it.",
      };
  }
}
