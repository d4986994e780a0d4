import { allowanceMs } from "../exam/accommodation.ts";
import type { CandidateCommand, SystemCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import { hasIdentity } from "./identity.ts";
import type { Attempt, Registered } from "./state.ts";
import { nothingLive } from "./writer.ts";

type Of<Type extends (CandidateCommand | SystemCommand)["type"]> = Extract<
  CandidateCommand | SystemCommand,
  { type: Type }
>;

/** [A1] An attempt begins with a registration; the same registration again changes nothing. */
export function register(attempt: Attempt, { registrationId, name }: Of<"register">): Decision {
  if (attempt.status === "unregistered") return accept({ type: "registered", registrationId, name });
  return attempt.file.registrationId === registrationId ? accept() : refuse("wrong-status");
}

/** [A2] Consent comes first, and keeps the hash of the very text that was shown. */
export function giveConsent(
  attempt: Registered,
  { textSha256 }: Of<"giveConsent">,
  { browser, consentSha256 }: Context,
): Decision {
  if (attempt.status !== "registered") {
    return attempt.consent.textSha256 === textSha256 ? accept() : refuse("wrong-status");
  }
  if (textSha256 !== consentSha256) return refuse("other-consent-text");
  if (browser === null) return refuse("another-browser");
  return accept({ type: "consentGiven", textSha256, browser });
}

/**
 * [A9] Staff free an attempt from its browser, by giving its candidate a new link. What that browser shows live is from
 * now on nothing of this attempt's.
 */
export function releaseBrowser(attempt: Registered): Decision {
  if (attempt.status === "registered" || attempt.consent.browser === null) return accept();
  return accept({ type: "browserReleased" }, ...nothingLive(attempt));
}

/** [A9] A freed attempt belongs to the first browser that checks in with the new link. */
export function bindBrowser(attempt: Registered, { browser }: Of<"bindBrowser">): Decision {
  if (attempt.status === "registered" || attempt.consent.browser === browser) return accept();
  return attempt.consent.browser === null ? accept({ type: "browserBound", browser }) : refuse("another-browser");
}

/** [A3] The device check may be repeated until the paper is open; [A128] a new browser is checked at any time. */
export function reportDeviceCheck(attempt: Registered, { check }: Of<"reportDeviceCheck">): Decision {
  switch (attempt.status) {
    case "registered":
      return refuse("not-consented");
    case "consented":
    case "checked":
    case "waiting":
    case "denied":
    case "admitted":
      return accept({ type: "deviceChecked", check });
    case "open":
    case "paused":
      return attempt.file.writing.checkFirst ? accept({ type: "deviceChecked", check }) : refuse("wrong-status");
    case "handed-in":
    case "terminated":
      return refuse("wrong-status");
  }
}

/** [A4] A candidate whose device was checked asks to be let in, and may ask again after a denial. [A140] */
export function requestAdmission(attempt: Registered, { exam }: Context): Decision {
  if (attempt.status === "waiting" || attempt.status === "admitted") return accept();
  if (attempt.status === "checked" || attempt.status === "denied") {
    return hasIdentity(attempt, exam) ? accept({ type: "admissionRequested" }) : refuse("identity-first");
  }
  return refuse(attempt.status === "registered" ? "not-consented" : "wrong-status");
}

/** [A10] The clock starts when the paper opens to an admitted candidate, within the sitting's window. [A101] */
export function openPaper(attempt: Registered, { now, opensAt, closesAt, exam, actor }: Context): Decision {
  if (attempt.status === "open" || attempt.status === "paused") return accept();
  if (attempt.status !== "admitted") return refuse("wrong-status");
  if (now < opensAt) return refuse("exam-not-open");
  if (now >= closesAt) return refuse("exam-closed");
  const base = {
    kind: "base",
    ms: exam.durationMs,
    at: now,
    by: actor,
    reason: "Duration of the exam",
  } as const;
  const allowances = attempt.file.allowances.map((allowance) => {
    const { reason, at, by } = allowance;
    return { kind: "allowance", ms: allowanceMs(allowance, exam.durationMs), at, by, reason } as const;
  });
  return accept(
    { type: "paperOpened" },
    ...[base, ...allowances].map((entry) => ({ type: "timeGiven", entry }) as const),
  );
}
