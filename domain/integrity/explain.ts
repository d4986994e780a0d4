import { type SensorName, sensorNames } from "./sensor.ts";
import type { SignalDetail, SignalKind } from "./signal.ts";

/** `rule`: what holds, as the policy's reader knows it. `told`: to the candidate, with how to mend it; it accuses nobody. */
type SignalWords = { readonly rule: string; readonly told: string };

const words: Readonly<Record<SignalKind, SignalWords>> = {
  "tab-hidden": {
    rule: "The exam page stays in view.",
    told: "The exam page was out of view. Please keep it in front of you.",
  },
  "window-blurred": {
    rule: "The exam page keeps the focus.",
    told: "Another window had the focus. A click on the exam page brings it back.",
  },
  "full-screen-left": {
    rule: "The exam fills the screen.",
    told: "The exam was out of full screen. Please go back to full screen.",
  },
  "screen-share-ended": {
    rule: "The screen is shared.",
    told: "Your screen is not shared any more. Please share it again.",
  },
  "screen-not-entire": {
    rule: "The entire screen is shared.",
    told: "A window or a tab is shared. Please share your entire screen instead.",
  },
  "several-displays": {
    rule: "One display is in use.",
    told: "More than one display is connected. Please unplug the others or switch them off.",
  },
  "camera-ended": {
    rule: "The camera is on.",
    told: "Your camera sends no picture. Please check its cable and whether another program uses it.",
  },
  "camera-covered": {
    rule: "The camera is not covered.",
    told: "The camera's picture is dark or blank. Please check its cover and the light in your room.",
  },
  "camera-frozen": {
    rule: "The camera's picture moves.",
    told: "The camera's picture stands still. Please unplug the camera and connect it again.",
  },
  "virtual-camera": {
    rule: "The picture comes from a real camera.",
    told: "The picture comes from a program and not from a camera. Please choose your camera.",
  },
  "no-face": {
    rule: "The face is in the picture.",
    told: "Your face was not in the picture. Please sit so that the camera sees you.",
  },
  "several-faces": {
    rule: "One person is in the picture.",
    told: "More than one face was in the picture. Please make sure that you are alone in it.",
  },
  "head-turned": {
    rule: "The head faces the screen most of the time.",
    told: "Your head was turned away for a while. That is fine for a moment; please work facing the screen.",
  },
  "microphone-ended": {
    rule: "The microphone is on.",
    told: "Your microphone is off. Please check its cable and its switch.",
  },
  "microphone-silent": {
    rule: "The microphone hears the room.",
    told: "Nothing at all comes from your microphone. Please check whether it is muted.",
  },
  "loud-sound": {
    rule: "The room is quiet.",
    told: "It was loud in your room. If you can, please close the door or the window.",
  },
  speech: {
    rule: "Nobody speaks.",
    told: "Somebody was heard speaking. Please work in silence.",
  },
  "developer-tools": {
    rule: "The browser's developer tools are closed.",
    told: "The browser's developer tools are open. Please close them.",
  },
  automation: {
    rule: "No program controls the browser.",
    told: "A program controls this browser. Please use an ordinary browser window.",
  },
  "sensor-lost": {
    rule: "What watches goes on working.",
    told: "A part of this page that watches has stopped. It tries again by itself.",
  },
  "connection-lost": {
    rule: "The page is connected.",
    told: "The connection was lost. Your answers are kept on this computer and sent when it is back.",
  },
  copied: { rule: "Nothing is copied.", told: "Text was copied. Please do not copy from the exam." },
  cut: { rule: "Nothing is cut.", told: "Text was cut. Please do not copy from the exam." },
  pasted: { rule: "Answers are typed, not pasted.", told: "Text was pasted. Please type your answers." },
  "drag-and-drop": {
    rule: "Nothing is dragged into or out of the exam.",
    told: "Text was dragged. Please type your answers.",
  },
  "burst-typed": {
    rule: "Answers are typed by hand.",
    told: "Much text came at once. Please type your answers by hand.",
  },
  "context-menu": {
    rule: "The context menu stays closed.",
    told: "The menu of the right mouse button is not available here.",
  },
  print: { rule: "Nothing is printed.", told: "Printing is not available in this exam." },
  "print-screen": {
    rule: "No picture is taken of the screen.",
    told: "The key for a picture of the screen was pressed. Please do not take pictures of the exam.",
  },
  shortcut: { rule: "Some shortcuts are off.", told: "This shortcut is not available in this exam." },
  "developer-tools-shortcut": {
    rule: "The browser's developer tools are closed.",
    told: "The shortcut for the developer tools was pressed. They are not allowed in this exam.",
  },
  "second-session": {
    rule: "The exam is open once.",
    told: "This exam was opened a second time. Please go on in one window.",
  },
};

/** What the rule about a kind of signal is called, and what the candidate is told of it. */
export function wordsOf(kind: SignalKind): SignalWords {
  return words[kind];
}

const sensorWords: Readonly<Record<SensorName, string>> = {
  page: "whether the page is in view",
  "full-screen": "whether the exam fills the screen",
  screen: "whether the screen is shared",
  displays: "how many displays there are",
  camera: "the camera's picture",
  faces: "how many faces are in the picture",
  head: "where the head is turned",
  microphone: "the microphone's level",
  speech: "whether somebody speaks",
  input: "what is pasted and pressed",
  "developer-tools": "whether the developer tools are open",
  automation: "whether a program controls the browser",
};

/** What a sensor looks at, to be put after "looks at" or "notices". */
export function whatSensorNotices(sensor: SensorName): string {
  return sensorWords[sensor];
}

function seconds(ms: number): string {
  const rounded = Math.max(1, Math.round(ms / 1000));
  return rounded === 1 ? "1 second" : `${rounded} seconds`;
}

function characters(detail: SignalDetail): string {
  if (detail.count === null) return "some text";
  return detail.count === 1 ? "1 character" : `${detail.count} characters`;
}

function named({ subject }: SignalDetail): string {
  return subject === undefined ? "" : ` (${subject})`;
}

function sensorIn({ subject }: SignalDetail): string {
  const sensor = sensorNames.find((name) => name === subject);
  return sensor === undefined ? "A sensor" : `The sensor for ${sensorWords[sensor]}`;
}

/**
 * The reason of a violation, in plain words that say what was seen and for how long, and accuse nobody. [I7]
 * `lastedMs` is how long the signal had lasted when it was noted.
 */
export function explain(kind: SignalKind, lastedMs: number, detail: SignalDetail): string {
  switch (kind) {
    case "tab-hidden":
      return `The exam page was hidden for ${seconds(lastedMs)}.`;
    case "window-blurred":
      return `Another window had the focus for ${seconds(lastedMs)}.`;
    case "full-screen-left":
      return `The exam was out of full screen for ${seconds(lastedMs)}.`;
    case "screen-share-ended":
      return `The screen was not shared for ${seconds(lastedMs)}.`;
    case "screen-not-entire":
      return `Less than the entire screen was shared for ${seconds(lastedMs)}${named(detail)}.`;
    case "several-displays":
      return `${detail.count ?? "Several"} displays were connected for ${seconds(lastedMs)}.`;
    case "camera-ended":
      return `The camera sent no picture for ${seconds(lastedMs)}.`;
    case "camera-covered":
      return `The camera's picture was dark or blank for ${seconds(lastedMs)}.`;
    case "camera-frozen":
      return `The camera's picture did not change at all for ${seconds(lastedMs)}.`;
    case "virtual-camera":
      return `The picture came from a program and not from a camera for ${seconds(lastedMs)}${named(detail)}.`;
    case "no-face":
      return `No face was in the picture for ${seconds(lastedMs)}.`;
    case "several-faces":
      return `${detail.count ?? "Several"} faces were in the picture for ${seconds(lastedMs)}.`;
    case "head-turned":
      return `The head was turned away from where it usually is for ${seconds(lastedMs)}.`;
    case "microphone-ended":
      return `The microphone was off for ${seconds(lastedMs)}.`;
    case "microphone-silent":
      return `Nothing at all came from the microphone for ${seconds(lastedMs)}.`;
    case "loud-sound":
      return `It was loud for ${seconds(lastedMs)}.`;
    case "speech":
      return `Speech was heard for ${seconds(lastedMs)}.`;
    case "developer-tools":
      return `The browser's developer tools seemed to be open for ${seconds(lastedMs)}.`;
    case "automation":
      return `The browser said for ${seconds(lastedMs)} that a program controls it.`;
    case "sensor-lost":
      return `${sensorIn(detail)} did not work for ${seconds(lastedMs)}.`;
    case "connection-lost":
      return `The connection was lost for ${seconds(lastedMs)}.`;
    case "copied":
      return `Text was copied from the exam (${characters(detail)}).`;
    case "cut":
      return `Text was cut from the exam (${characters(detail)}).`;
    case "pasted":
      return `Text was pasted into the exam (${characters(detail)}).`;
    case "drag-and-drop":
      return `Text was dragged into or out of the exam (${characters(detail)}).`;
    case "burst-typed":
      return `Text came faster than hands type (${characters(detail)}).`;
    case "context-menu":
      return "The context menu was opened.";
    case "print":
      return "The exam was sent to a printer.";
    case "print-screen":
      return "The key for a picture of the screen was pressed.";
    case "shortcut":
      return `A shortcut was pressed that is off${named(detail)}.`;
    case "developer-tools-shortcut":
      return `A shortcut for the developer tools was pressed${named(detail)}.`;
    case "second-session":
      return "The exam was opened a second time.";
  }
}
