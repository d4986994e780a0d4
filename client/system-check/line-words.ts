import type { BrowserFamily, CheckLine, CheckResult, Finding, SystemFamily } from "#protocol/system-check.ts";
import { missingWords } from "../take-exam/browser-support.ts";
import { type Advice, type Browser, cameraAdvice, screenAdvice } from "../take-exam/device-advice.ts";
import { bucketWords } from "./grade-upload.ts";

/** What a line is called, and what it is for: said to who checks, and to who reads of it. */
type LineTitle = { readonly title: string; readonly purpose: string; readonly about: string };
export const lineTitles: { readonly [Line in CheckLine]: LineTitle } = {
  browser: {
    title: "Browser",
    purpose: "Whether this browser has what the exam needs.",
    about: "Whether the browser has what the exam needs.",
  },
  camera: {
    title: "Camera",
    purpose: "The exam shows your picture to a proctor. Here only you see it.",
    about: "Whether the camera opens, and is one.",
  },
  microphone: {
    title: "Microphone",
    purpose: "Say a few words when it is checked. Nobody listens, and nothing is kept.",
    about: "Whether the microphone opens, and hears.",
  },
  screen: {
    title: "Entire screen",
    purpose:
      "Choose your entire screen when the browser asks, not a window or a tab. Nothing of it leaves this computer now.",
    about: "Whether the entire screen can be shared.",
  },
  "full-screen": {
    title: "Full screen",
    purpose: "The exam fills the screen. Here it does so for a second.",
    about: "Whether the page can fill the screen.",
  },
  displays: {
    title: "Displays",
    purpose: "Whether more than one display is connected.",
    about: "Whether more than one display is connected.",
  },
  clock: {
    title: "Clock",
    purpose: "How this computer's clock and the server's agree. The exam goes by the server's.",
    about: "How the computer's clock and the server's agree. The exam goes by the server's.",
  },
  upload: {
    title: "Upload",
    purpose: "How quickly and how steadily this computer can send. It takes about 15 seconds.",
    about: "How quickly and how steadily the computer can send.",
  },
  disk: {
    title: "Room on the disk",
    purpose: "If your network breaks, the exam is kept on this computer until it can be sent.",
    about: "Whether the exam can be kept on the computer while the network is down.",
  },
  faces: {
    title: "Counting faces",
    purpose:
      "Some exams count the faces before the camera, on this computer. What does it is loaded now, which can take a minute.",
    about: "Whether what counts faces loads and runs on the computer.",
  },
};

/** What was found, and what to do about it where something can be done. */
export type LineWords = { readonly says: string; readonly whatToDo: string | null };

type Seen = Pick<CheckResult, "browser" | "system">;

const otherBrowser = "Use an up-to-date Chrome, Edge or Firefox on a computer.";
const atTheServer =
  "Check that this computer is on the internet, then check again. Some networks of schools and firms block addresses: ask who looks after yours.";

/** The words for what was found in a line: the exam's own advice, wherever the exam gives one. */
export function lineWords(line: CheckLine, finding: Finding, seen: Seen): LineWords {
  if (finding === "not-checked") return { says: "Not checked", whatToDo: null };
  switch (line) {
    case "browser":
      return browserWords(finding as Finding<"browser">);
    case "camera":
      return cameraWords(finding as Finding<"camera">, seen);
    case "microphone":
      return microphoneWords(finding as Finding<"microphone">, seen);
    case "screen":
      return screenWords(finding as Finding<"screen">, seen);
    default:
      return others[line]?.[finding] ?? { says: "Not known to this page", whatToDo: null };
  }
}

const all = {
  isSecureContext: true,
  hasCamera: true,
  hasScreenShare: true,
  hasLiveVideo: true,
  hasRecorder: true,
  hasStorage: true,
};

const lacking: Readonly<Partial<Record<Finding<"browser">, keyof typeof all>>> = {
  "not-secure": "isSecureContext",
  "no-camera": "hasCamera",
  "no-screen-share": "hasScreenShare",
  "no-live-video": "hasLiveVideo",
  "no-recorder": "hasRecorder",
  "no-storage": "hasStorage",
};

function browserWords(finding: Finding<"browser">): LineWords {
  if (finding === "fine") return { says: "This browser has what the exam needs.", whatToDo: null };
  if (finding === "less-tried") {
    return {
      says: "This browser has what the exam needs, and the exam was tried less with it.",
      whatToDo: "If you can choose, use Chrome or Edge.",
    };
  }
  const lack = lacking[finding];
  const [says = "This browser lacks something."] = lack === undefined ? [] : missingWords({ ...all, [lack]: false });
  return { says, whatToDo: otherBrowser };
}

function cameraWords(finding: Finding<"camera">, { browser }: Seen): LineWords {
  switch (finding) {
    case "not-checked":
    case "fine":
      return { says: "The camera works.", whatToDo: null };
    case "virtual":
      return {
        says: "The camera's picture comes from a program, not from a camera.",
        whatToDo:
          "Choose your real camera: click the symbol at the left end of the address bar, or close the program that makes the picture. In the exam a proctor is told of it.",
      };
    case "stopped":
      return { says: "The camera stopped.", whatToDo: "Check its cable and its switch, then check again." };
    case "refused":
    case "missing":
    case "busy":
    case "unsupported":
      return from(cameraAdvice(finding, adviceBrowser(browser)));
  }
}

function microphoneWords(finding: Finding<"microphone">, { browser }: Seen): LineWords {
  switch (finding) {
    case "not-checked":
    case "fine":
      return { says: "The microphone hears.", whatToDo: null };
    case "nothing-heard":
      return {
        says: "The microphone is there, and nothing was heard.",
        whatToDo:
          "Check that it is not muted, by a key or a switch or in the system's settings, then check again and say a few words.",
      };
    case "stopped":
      return { says: "The microphone stopped.", whatToDo: "Check its cable and its switch, then check again." };
    case "missing":
      return { says: "No microphone was found.", whatToDo: "Connect one, or switch it on, then check again." };
    case "busy":
      return { says: "Another program uses the microphone.", whatToDo: "Close programs for calls, then check again." };
    case "refused":
    case "unsupported":
      return from(cameraAdvice(finding, adviceBrowser(browser)));
  }
}

function screenWords(finding: Finding<"screen">, { browser, system }: Seen): LineWords {
  switch (finding) {
    case "not-checked":
    case "fine":
      return { says: "The entire screen can be shared.", whatToDo: null };
    case "stopped":
      return {
        says: "Sharing was stopped.",
        whatToDo: "In the exam it goes on until the end. To see it again, check again.",
      };
    case "refused":
    case "not-entire-screen":
    case "missing":
    case "busy":
    case "unsupported":
      return from(screenAdvice(finding, adviceBrowser(browser), isMac(system)));
  }
}

type OtherLine = Exclude<CheckLine, "browser" | "camera" | "microphone" | "screen">;
type Words<Line extends CheckLine> = Readonly<Record<Exclude<Finding<Line>, "not-checked">, LineWords>>;

const otherWords: { readonly [Line in OtherLine]: Words<Line> } = {
  "full-screen": {
    fine: { says: "The page can fill the screen.", whatToDo: null },
    refused: {
      says: "Full screen was not allowed.",
      whatToDo:
        "Press F11 (on a Mac: Control, Command and F) to see whether the browser can. If it can, allow full screen for this site, then check again.",
    },
  },
  displays: {
    fine: { says: "One display is connected.", whatToDo: null },
    several: {
      says: "More than one display is connected.",
      whatToDo: "Before the exam, unplug the others or switch them off. Some exams note them for the proctor.",
    },
    "not-told": {
      says: "This browser does not say how many displays there are.",
      whatToDo: "Before the exam, unplug all but one.",
    },
  },
  clock: {
    fine: { says: "This computer's clock is right.", whatToDo: null },
    off: {
      says: "This computer's clock is off. You lose nothing by that: the exam goes by the server's clock and shows it.",
      whatToDo: "To be there on time, set it to the time of the internet in the system's settings.",
    },
    "no-answer": { says: "The server did not tell its time.", whatToDo: atTheServer },
  },
  upload: {
    fine: { says: "This computer sends quickly and steadily enough.", whatToDo: null },
    slow: {
      says: "It is enough for the exam, and little: a recording may be sent for a while after the end.",
      whatToDo:
        "Use a cable instead of Wi-Fi or sit nearer to the router, and let nobody else send much during the exam.",
    },
    unsteady: {
      says: "The line is quick enough, but not all the time.",
      whatToDo: "Use a cable instead of Wi-Fi or sit nearer to the router, close programs that send, then check again.",
    },
    "too-slow": {
      says: "The line is slower than the 256 kbit/s that the exam needs.",
      whatToDo: "Try a cable instead of Wi-Fi, another network or a telephone's hotspot, then check again.",
    },
    "no-answer": { says: "Nothing could be sent to the server.", whatToDo: atTheServer },
    "too-often": {
      says: "It was not measured: many people check from your network just now.",
      whatToDo: "Wait a minute, then check again.",
    },
  },
  disk: {
    fine: { says: "There is room, and what is kept comes back.", whatToDo: null },
    little: {
      says: "It works, and there is little room for long breaks of the network.",
      whatToDo: "Free some room on the disk. A private window also has less: use an ordinary one.",
    },
    "too-little": {
      says: "There is almost no room.",
      whatToDo: "Free at least 300 MB on the disk. A private window also has less: use an ordinary one.",
    },
    "no-storage": {
      says: "The browser keeps nothing on this computer.",
      whatToDo: "Use an ordinary window, not a private one, and allow this site to keep data. Then check again.",
    },
  },
  faces: {
    fine: { says: "Faces can be counted on this computer.", whatToDo: null },
    "no-face": {
      says: "It works, and no face was found before the camera.",
      whatToDo:
        "Sit so that light falls on your face from the front and the camera sees all of it, then check again. If you cannot, tell your institution before the exam.",
    },
    "several-faces": {
      says: "It works, and more than one face was found before the camera.",
      whatToDo: "In the exam, be alone before the camera. A picture of a person on the wall may count: turn it around.",
    },
    "could-not-load": {
      says: "What counts faces could not be loaded. The exam goes on without it, and the proctor knows.",
      whatToDo: "Load the page again. A blocker or a school's network may keep it away.",
    },
    "could-not-work": {
      says: "What counts faces does not run in this browser. The exam goes on without it, and the proctor knows.",
      whatToDo: "Bring the browser up to date, or use Chrome or Edge.",
    },
    "no-answer": {
      says: "What counts faces did not come in time. The exam goes on without it, and the proctor knows.",
      whatToDo: "Check again: it is kept once it has come.",
    },
  },
};

/** Read by names that are only known while the page runs. */
const others: Readonly<Partial<Record<CheckLine, Readonly<Partial<Record<Finding, LineWords>>>>>> = otherWords;

/** The measured speed, for who reads a code. */
export function uploadWords({ upload }: Pick<CheckResult, "upload">): string {
  return `Upload: ${bucketWords(upload)}`;
}

function from({ title, whatToDo }: Advice): LineWords {
  return { says: `${title}.`, whatToDo };
}

function adviceBrowser(browser: BrowserFamily): Browser {
  return browser === "firefox" || browser === "safari" ? browser : "chromium";
}

function isMac(system: SystemFamily): boolean {
  return system === "mac";
}
