import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ProctorView } from "#domain/attempt/view.ts";

/** What a proctor may do to an attempt now: an act that is not possible is not in the set, and not on the page. */
export function possibleActs(status: ProctorView["status"]): ReadonlySet<ProctorCommand["type"]> {
  switch (status) {
    case "registered":
      return new Set(["sendMessage"]);
    case "consented":
    case "checked":
      return new Set(["sendMessage", "warn"]);
    case "waiting":
      return new Set(["admit", "deny", "sendMessage", "warn"]);
    case "denied":
      return new Set(["admit", "sendMessage", "warn"]);
    case "admitted":
      return new Set(["deny", "sendMessage", "warn"]);
    case "open":
      return new Set(["warn", "sendMessage", "pause", "addTime", "terminate"]);
    case "paused":
      return new Set(["warn", "sendMessage", "resume", "addTime", "terminate"]);
    case "handed-in":
    case "terminated":
      return new Set(["sendMessage"]);
  }
}

/** An act as its button names it. */
export function actWords(act: ProctorCommand["type"]): string {
  switch (act) {
    case "admit":
      return "Admit";
    case "deny":
      return "Do not admit";
    case "askIdentityAgain":
      return "Ask for a photograph again";
    case "warn":
      return "Warn";
    case "sendMessage":
      return "Message";
    case "pause":
      return "Pause";
    case "resume":
      return "Resume";
    case "addTime":
      return "Add time";
    case "withdrawTime":
      return "Take time back";
    case "allowTakeOver":
      return "Allow the other computer";
    case "refuseTakeOver":
      return "Refuse the other computer";
    case "terminate":
      return "End the exam";
  }
}

/** A status in words. `breakUntil`: when the candidate's own break ends, while there is one. */
export function statusWords(status: ProctorView["status"], breakUntil: EpochMs | null = null): string {
  switch (status) {
    case "registered":
      return "Not here yet";
    case "consented":
      return "Checking the device";
    case "checked":
      return "Device checked";
    case "waiting":
      return "Waiting to be let in";
    case "denied":
      return "Not admitted";
    case "admitted":
      return "Admitted";
    case "open":
      return "In the exam";
    case "paused":
      return breakUntil === null ? "Paused" : "On a break";
    case "handed-in":
      return "Handed in";
    case "terminated":
      return "Ended by a proctor";
  }
}
