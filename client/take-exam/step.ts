import type { CandidateView } from "#domain/attempt/view.ts";

export const steps = ["consent", "devices", "waiting", "exam", "end"] as const;
export type Step = (typeof steps)[number];

export const stepTitles: Readonly<Record<Step, string>> = {
  consent: "What is collected",
  devices: "Device check",
  waiting: "Waiting room",
  exam: "Exam",
  end: "Receipt",
};

/** Where the candidate is. A computer that the exam was moved to is checked first [A128]. A page that was loaded anew has to share its devices again before it can wait. */
export function stepOf(
  { status, checkFirst }: Pick<CandidateView, "status" | "checkFirst">,
  hasDevices: boolean,
): Step {
  switch (status) {
    case "registered":
      return "consent";
    case "consented":
      return "devices";
    case "checked":
    case "waiting":
    case "denied":
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
