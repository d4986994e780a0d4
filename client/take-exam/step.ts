import type { CandidateView } from "#domain/attempt/view.ts";

const steps = ["consent", "devices", "identity", "waiting", "exam", "end"] as const;
export type Step = (typeof steps)[number];

export const stepTitles: Readonly<Record<Step, string>> = {
  consent: "What is collected",
  devices: "Device check",
  identity: "Photographs",
  waiting: "Waiting room",
  exam: "Exam",
  end: "Receipt",
};

/** Where the candidate is. A computer that the exam was moved to is checked first [A128]. A page that was loaded anew has to share its devices again before it can wait. */
export function stepOf(
  { status, checkFirst, identity }: Pick<CandidateView, "status" | "checkFirst" | "identity">,
  hasDevices: boolean,
): Step {
  switch (status) {
    case "registered":
      return "consent";
    case "consented":
      return "devices";
    case "checked":
    case "denied":
      return !hasDevices ? "devices" : isIdentityMissing(identity) ? "identity" : "waiting";
    case "waiting":
    case "admitted":
      return hasDevices ? "waiting" : "devices";
    case "open":
    case "paused":
      return checkFirst ? "devices" : "exam";
    case "handed-in":
    case "terminated":
      return "end";
  }
}

/** [A140] Something is to be taken, or left to the proctor, before asking to be let in. */
export function isIdentityMissing(identity: CandidateView["identity"]): boolean {
  return identity.some(({ state }) => state === "missing");
}

/** The steps of an exam: photographs where its policy asks for them. */
export function stepsWith(identity: CandidateView["identity"]): readonly Step[] {
  return identity.length > 0 ? steps : steps.filter((step) => step !== "identity");
}
