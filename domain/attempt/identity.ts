import type { ExamVersion } from "../exam/exam-version.ts";
import { type IdentityCapture, policyOf } from "../integrity/policy.ts";
import type { CandidateCommand, ProctorCommand, SystemCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import { type IdentityPicture, largestIdentityBytes } from "./identity-picture.ts";
import type { CaseFile, Registered } from "./state.ts";

/** How one of the asked captures stands. `pictures` oldest first; the reasons are the candidate's and the proctor's, or null. */
export type CaptureFile = {
  readonly pictures: readonly IdentityPicture[];
  readonly leftBecause: string | null;
  readonly askedAgain: string | null;
};

/** One capture as the candidate sees it. `askedAgain`: why the proctor wants it again, or null. */
export type CaptureView = {
  readonly capture: IdentityCapture;
  readonly state: "missing" | "taken" | "left";
  readonly askedAgain: string | null;
};

/** The same for the proctor who compares, with the newest picture and why it was left to a person. */
export type CaptureToCompare = CaptureView & {
  readonly picture: IdentityPicture | null;
  readonly leftBecause: string | null;
};

/** [A144] Several times what a patient proctor asks for. */
const mostPictures = 20;

const noFile: CaptureFile = { pictures: [], leftBecause: null, askedAgain: null };

const noCameraWords = "It was arranged that no camera is needed.";

type Of<Type extends (CandidateCommand | ProctorCommand | SystemCommand)["type"]> = Extract<
  CandidateCommand | ProctorCommand | SystemCommand,
  { type: Type }
>;

/** [A140] How each capture stands that the policy asks for. [A146] Without a camera all of it is a person's to compare. */
export function identityOf({ file }: Registered, exam: ExamVersion): readonly CaptureToCompare[] {
  const hasNoCamera = file.exceptions.some(({ kind }) => kind === "no-camera");
  return policyOf(exam).identity.map((capture) => {
    const { pictures, leftBecause, askedAgain } = file.identity[capture] ?? noFile;
    const picture = pictures.at(-1) ?? null;
    if (hasNoCamera) return { capture, state: "left", askedAgain: null, picture, leftBecause: noCameraWords };
    const isMissing = askedAgain !== null || (picture === null && leftBecause === null);
    const state = isMissing ? "missing" : leftBecause === null ? "taken" : "left";
    return { capture, state, askedAgain, picture, leftBecause };
  });
}

/** What is to be taken, or left to the proctor, before the candidate may ask to be let in. */
function missingIdentity(attempt: Registered, exam: ExamVersion): readonly IdentityCapture[] {
  return identityOf(attempt, exam).flatMap(({ capture, state }) => (state === "missing" ? [capture] : []));
}

/** [A140] */
export function hasIdentity(attempt: Registered, exam: ExamVersion): boolean {
  return missingIdentity(attempt, exam).length === 0;
}

/** [A141] A picture is taken as it is: what the page found wanting goes into the log with it. */
export function storeIdentity(attempt: Registered, { picture }: Of<"storeIdentity">, { exam }: Context): Decision {
  if (attempt.status === "registered") return refuse("not-consented");
  if (attempt.status !== "checked" && attempt.status !== "denied") return refuse("wrong-status");
  const { capture, sha256, bytes } = picture;
  if (!policyOf(exam).identity.includes(capture)) return refuse("picture-not-wanted");
  const known = attempt.file.identity[capture] ?? noFile;
  if (known.askedAgain === null && known.leftBecause === null && known.pictures.at(-1)?.sha256 === sha256) {
    return accept();
  }
  if (bytes < 1 || bytes > largestIdentityBytes[capture]) return refuse("bad-picture");
  if (picturesIn(attempt.file).length >= mostPictures) return refuse("too-many-pictures");
  return accept({ type: "identityCaptured", ...picture });
}

/** [A142] The candidate's own choice, with a reason: for what is missing the proctor looks at the live picture instead. */
export function leaveIdentityToProctor(
  attempt: Registered,
  command: Of<"leaveIdentityToProctor">,
  { exam }: Context,
): Decision {
  if (attempt.status === "registered") return refuse("not-consented");
  if (attempt.status !== "checked" && attempt.status !== "denied") return refuse("wrong-status");
  const reason = command.reason.trim();
  if (reason === "") return refuse("empty-text");
  const captures = missingIdentity(attempt, exam);
  return captures.length === 0 ? accept() : accept({ type: "identityLeftToProctor", captures, reason });
}

/** [A143] The proctor wants one of them again and says why; the candidate goes back to that step. */
export function askIdentityAgain(attempt: Registered, command: Of<"askIdentityAgain">, { exam }: Context): Decision {
  if (attempt.status !== "waiting" && attempt.status !== "denied" && attempt.status !== "admitted") {
    return refuse("wrong-status");
  }
  const { capture } = command;
  const asked = identityOf(attempt, exam).find((each) => each.capture === capture);
  // Who sits without a camera has nothing to take it with.
  if (asked === undefined || asked.leftBecause === noCameraWords) return refuse("picture-not-wanted");
  const reason = command.reason.trim();
  return reason === "" ? refuse("empty-text") : accept({ type: "identityAskedAgain", capture, reason });
}

/** Every picture that was taken for this, the replaced ones too, in the order of the captures. */
export function picturesIn({ identity }: CaseFile): readonly IdentityPicture[] {
  return Object.values(identity).flatMap(({ pictures }) => pictures);
}

type IdentityFact = Extract<AttemptFact, { type: "identityCaptured" | "identityLeftToProctor" | "identityAskedAgain" }>;

/** The captures after one more fact. */
export function identityAfter(
  before: CaseFile["identity"],
  fact: IdentityFact,
  { at }: AttemptEvent,
): CaseFile["identity"] {
  switch (fact.type) {
    case "identityCaptured": {
      const { capture, sha256, bytes, hints } = fact;
      const pictures = [...(before[capture] ?? noFile).pictures, { capture, sha256, bytes, hints, at }];
      return { ...before, [capture]: { pictures, leftBecause: null, askedAgain: null } };
    }
    case "identityLeftToProctor": {
      const left = fact.captures.map((capture) => [
        capture,
        { ...(before[capture] ?? noFile), leftBecause: fact.reason, askedAgain: null },
      ]);
      return { ...before, ...Object.fromEntries(left) };
    }
    case "identityAskedAgain": {
      const { capture, reason } = fact;
      return { ...before, [capture]: { ...(before[capture] ?? noFile), leftBecause: null, askedAgain: reason } };
    }
  }
}
