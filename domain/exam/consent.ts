import type { ExamVersion } from "./exam-version.ts";

/** What the candidate reads before consenting: what is collected, and why. */
export type ConsentText = {
  readonly title: string;
  readonly points: readonly { readonly heading: string; readonly text: string }[];
};

/** The consent that an exam asks for. The text is fixed with the exam version, so that its hash can be. */
export function consentTextOf(version: Pick<ExamVersion, "title">): ConsentText {
  return {
    title: `Before you start: ${version.title}`,
    points: [
      {
        heading: "Your camera and microphone",
        text: "A proctor can see and hear you while you sit the exam. Both are recorded, so that a question about your exam can be settled with evidence.",
      },
      {
        heading: "Your screen",
        text: "You share your entire screen. The proctor can see it and it is recorded. Close what you do not want to show.",
      },
      {
        heading: "What the page notices",
        text: "The page notices when it is hidden, when another window has the focus, when full screen is left, when text is copied or pasted (how much, never what), and when your connection is lost. It counts the faces in the camera picture on your own computer; no picture leaves it for this.",
      },
      {
        heading: "Your answers",
        text: "Every change is saved at once, with its time. At the end you get a signed receipt.",
      },
      {
        heading: "A person decides",
        text: "What the page notices is shown to a proctor in plain words. No machine fails you: whatever follows from it is decided by a person.",
      },
      {
        heading: "Who sees it",
        text: "The proctors and reviewers of your institution. Recordings are stored encrypted.",
      },
    ],
  };
}

/** The exact characters that are hashed: the title, then each heading and text, a line each, ended by a line feed. */
export function consentTextCharacters(text: ConsentText): string {
  return [text.title, ...text.points.flatMap(({ heading, text: body }) => [heading, body])]
    .map((line) => `${line}\n`)
    .join("");
}
