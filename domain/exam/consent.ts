import type { IntegrityPolicy, PolicyResponse } from "../integrity/policy.ts";
import { type SignalKind, signalKinds } from "../integrity/signal.ts";
import type { ConsentPoint, ConsentText } from "./consent-text.ts";
import type { ExamVersion } from "./exam-version.ts";

const cameraAndMicrophone: ConsentPoint = {
  heading: "Your camera and microphone",
  text: "A proctor can see and hear you while you sit the exam. Both are recorded, so that a question about your exam can be settled with evidence.",
};
const screen: ConsentPoint = {
  heading: "Your screen",
  text: "You share your entire screen. The proctor can see it and it is recorded. Close what you do not want to show.",
};
const answers: ConsentPoint = {
  heading: "Your answers",
  text: "Every change is saved at once, with its time. At the end you get a signed receipt.",
};
const aPersonDecides =
  "What the page notices is shown to a proctor in plain words. No machine fails you: whatever follows from it is decided by a person.";
const whoSeesIt: ConsentPoint = {
  heading: "Who sees it",
  text: "The proctors and reviewers of your institution. Recordings are stored encrypted.",
};

/** What candidates consented to before exams froze a policy of their own. Its hash is in their logs: it never changes. */
const firstPoints: readonly ConsentPoint[] = [
  cameraAndMicrophone,
  screen,
  {
    heading: "What the page notices",
    text: "The page notices when it is hidden, when another window has the focus, when full screen is left, when text is copied or pasted (how much, never what), and when your connection is lost. It counts the faces in the camera picture on your own computer; no picture leaves it for this.",
  },
  answers,
  { heading: "A person decides", text: aPersonDecides },
  whoSeesIt,
];

/** Each signal as something that is noticed, to be put into a list. */
const noticed: Readonly<Record<SignalKind, string>> = {
  "tab-hidden": "that it is hidden",
  "window-blurred": "that another window has the focus",
  "full-screen-left": "that full screen is left",
  "screen-share-ended": "that your screen is not shared any more",
  "screen-not-entire": "that only a window or a tab is shared",
  "several-displays": "that more than one display is connected",
  "developer-tools": "that the browser's developer tools are open",
  automation: "that a program controls the browser",
  "second-session": "that the exam is opened a second time",
  "connection-lost": "that your connection is lost",
  "sensor-lost": "that something that watches has stopped",
  "camera-ended": "that the camera sends no picture",
  "camera-covered": "that its picture is dark or blank",
  "camera-frozen": "that its picture stands still",
  "virtual-camera": "that the picture comes from a program (and the name of that camera)",
  "no-face": "that no face is in the picture",
  "several-faces": "that there is more than one face in the picture",
  "head-turned": "that your head is turned away for long from where it usually is",
  "microphone-ended": "that the microphone is off",
  "microphone-silent": "that nothing at all comes from it",
  "loud-sound": "that it is loud",
  speech: "that somebody speaks (never what is said)",
  copied: "that text is copied",
  cut: "that text is cut",
  pasted: "that text is pasted",
  "drag-and-drop": "that text is dragged",
  "burst-typed": "that text comes faster than hands type",
  "context-menu": "that the context menu is opened",
  print: "that the exam is printed",
  "print-screen": "that the key for a picture of the screen is pressed",
  shortcut: "that a shortcut is pressed that is off here",
  "developer-tools-shortcut": "that a shortcut for the developer tools is pressed",
};

type Theme = { readonly heading: string; readonly kinds: readonly SignalKind[]; readonly also: string };

const themes: readonly Theme[] = [
  {
    heading: "What the page notices of itself",
    kinds: [
      "tab-hidden",
      "window-blurred",
      "full-screen-left",
      "screen-share-ended",
      "screen-not-entire",
      "several-displays",
      "developer-tools",
      "automation",
      "second-session",
      "connection-lost",
      "sensor-lost",
    ],
    also: "",
  },
  {
    heading: "What it notices in the camera picture",
    kinds: [
      "camera-ended",
      "camera-covered",
      "camera-frozen",
      "virtual-camera",
      "no-face",
      "several-faces",
      "head-turned",
    ],
    also: " The picture is looked at on your own computer; none leaves it for this.",
  },
  {
    heading: "What it notices in the sound",
    kinds: ["microphone-ended", "microphone-silent", "loud-sound", "speech"],
    also: " The sound is judged on your own computer; none leaves it for this.",
  },
  {
    heading: "What it notices of what you type and press",
    kinds: [
      "copied",
      "cut",
      "pasted",
      "drag-and-drop",
      "burst-typed",
      "context-menu",
      "print",
      "print-screen",
      "shortcut",
      "developer-tools-shortcut",
    ],
    also: " How much text it was is kept, never which.",
  },
];

/** [A150] The consent that an exam asks for: made from what its frozen policy really collects, so that its hash can be fixed. */
export function consentTextOf({ title, integrity }: Pick<ExamVersion, "title" | "integrity">): ConsentText {
  return {
    title: `Before you start: ${title}`,
    points: integrity === undefined ? firstPoints : pointsOf(integrity),
  };
}

function pointsOf(policy: IntegrityPolicy): readonly ConsentPoint[] {
  const people = policy.reviewers === 2 ? " Two people decide of a result that is held." : "";
  return [
    cameraAndMicrophone,
    screen,
    ...themes.flatMap(({ heading, kinds, also }) => {
      const looked = kinds.filter((kind) => policy.rules[kind] !== undefined);
      return looked.length === 0 ? [] : [{ heading, text: `The page notices ${listOf(looked)}.${also}` }];
    }),
    ...stillsOf(policy),
    ...identityOf(policy),
    answers,
    ...responsesOf(policy),
    { heading: "A person decides", text: `${aPersonDecides}${people}` },
    whoSeesIt,
  ];
}

function stillsOf({ rules }: IntegrityPolicy): readonly ConsentPoint[] {
  const sources = new Set(Object.values(rules).flatMap(({ evidence }) => evidence));
  if (sources.size === 0) return [];
  const of = ["camera", "screen"].filter((source) => sources.has(source as "camera" | "screen"));
  const text = `When something is noticed for long enough, one picture from your ${of.join(" and one from your ")} can be kept with it.`;
  return [{ heading: "Pictures of the moment", text }];
}

const captures = {
  face: "a photograph of your face",
  document: "a photograph of an identity document",
  room: "a short film of your room",
};

function identityOf({ identity }: IntegrityPolicy): readonly ConsentPoint[] {
  if (identity.length === 0) return [];
  const text = `Before the exam you take ${joined(identity.map((capture) => captures[capture]))}. A proctor looks at what you took and lets you in. You can ask the proctor to look for themselves instead.`;
  return [{ heading: "Who you are", text }];
}

/** What follows by itself, and from what: nobody should meet it unprepared. */
function responsesOf({ rules }: IntegrityPolicy): readonly ConsentPoint[] {
  const kindsWith = (response: PolicyResponse) => signalKinds.filter((kind) => rules[kind]?.response === response);
  const sentences = [
    { kinds: kindsWith("warn"), follows: "You are warned when the page notices" },
    {
      kinds: kindsWith("pause"),
      follows: "Your exam and its clock stand still until a proctor lets you go on when it notices",
    },
    {
      kinds: kindsWith("hand-in"),
      follows: "Your exam is handed in as it stands, and its result is held until people have decided, when it notices",
    },
  ].flatMap(({ kinds, follows }) => (kinds.length === 0 ? [] : [`${follows} ${listOf(kinds)}.`]));
  return sentences.length === 0 ? [] : [{ heading: "What follows by itself", text: sentences.join(" ") }];
}

function listOf(kinds: readonly SignalKind[]): string {
  return joined(kinds.map((kind) => noticed[kind]));
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
