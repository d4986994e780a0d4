/** What an institution sets a period for. Stored in the database and in the audit: one may be added, never renamed. */
export const dataClasses = ["recordings", "snapshots", "identity", "answers", "results", "audit"] as const;
export type DataClass = (typeof dataClasses)[number];

/** What lies encrypted in the bucket, each under a key of its own. [D5] */
export const mediaClasses = ["recordings", "snapshots", "identity"] as const satisfies readonly DataClass[];
export type MediaClass = (typeof mediaClasses)[number];

/** Classes of which each attempt has its part, in the order in which a run takes them: what says most about a person first. */
export const attemptClasses = [
  "recordings",
  "identity",
  "snapshots",
  "answers",
  "results",
] as const satisfies readonly DataClass[];
export type AttemptClass = (typeof attemptClasses)[number];

/** `days`: kept for so long where the institution says nothing. It can set no fewer than `atLeast` and no more than `atMost`. */
export type Keeping = {
  readonly title: string;
  readonly holds: string;
  readonly purpose: string;
  readonly days: number;
  readonly atLeast: number;
  readonly atMost: number;
  /** Why it cannot be shorter. */
  readonly because: string;
};

const year = 365;
const toAppeal = "A candidate can ask for a review, and whoever decides it must still see what happened.";

/** In the words of whoever sets the periods. A day is 24 hours. */
export const keepings: Readonly<Record<DataClass, Keeping>> = {
  recordings: {
    title: "Recordings",
    holds: "camera, microphone and screen of a candidate during the exam",
    purpose: "to see what happened where a result is doubted",
    days: 180,
    atLeast: 14,
    atMost: 2 * year,
    because: toAppeal,
  },
  snapshots: {
    title: "Pictures of violations",
    holds: "pictures of camera and screen at the moment of a violation",
    purpose: "to decide whether a violation was one",
    days: 180,
    atLeast: 14,
    atMost: 2 * year,
    because: toAppeal,
  },
  identity: {
    title: "Identity pictures",
    holds: "face, document and room of a candidate before the exam",
    purpose: "to know who sat the exam",
    days: 90,
    atLeast: 1,
    atMost: 2 * year,
    because: "The day after the exam a proctor may still have to look who it was.",
  },
  answers: {
    title: "Answers and what happened",
    holds:
      "answers, messages, violations and everything else in the log of an attempt, and the points of each question",
    purpose: "to score, to review and to explain a result",
    days: 2 * year,
    atLeast: 30,
    atMost: 10 * year,
    because: toAppeal,
  },
  results: {
    title: "Results and names",
    holds: "name and e-mail of a candidate, when they sat which exam, and the points of the whole",
    purpose: "to say for years who has passed",
    days: 10 * year,
    atLeast: 30,
    atMost: 50 * year,
    because: "Without it nobody can say what came of an exam.",
  },
  audit: {
    title: "Audit",
    holds: "who of the staff did what and from which address, and what they were denied",
    purpose: "to find out who did what, and that nobody changed it since",
    days: 3 * year,
    atLeast: year,
    atMost: 10 * year,
    because: "A misuse is often found months later.",
  },
};
