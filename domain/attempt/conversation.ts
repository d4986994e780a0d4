import type { CandidateCommand, ProctorCommand } from "./command.ts";
import { accept, type Decision, refuse } from "./decision.ts";
import type { Registered } from "./state.ts";

type Of<Type extends (CandidateCommand | ProctorCommand)["type"]> = Extract<
  CandidateCommand | ProctorCommand,
  { type: Type }
>;

/** [A50] Candidate and proctor can write to each other at any time after registration. */
export function sendMessage(_attempt: Registered, { text }: Of<"sendMessage">): Decision {
  return text.trim() === "" ? refuse("empty-text") : accept({ type: "messageSent", text: text.trim() });
}

/** [A51] A warning is a message that asks to be acknowledged. */
export function warn(attempt: Registered, { text }: Of<"warn">): Decision {
  if (attempt.status === "handed-in" || attempt.status === "terminated") return refuse("handed-in");
  return text.trim() === "" ? refuse("empty-text") : accept({ type: "warned", text: text.trim() });
}

/** [A51] `warning` is the seq of the warning's event. */
export function acknowledgeWarning(attempt: Registered, { warning }: Of<"acknowledgeWarning">): Decision {
  const message = attempt.file.messages.find(({ seq, kind }) => seq === warning && kind === "warning");
  if (message === undefined) return refuse("no-such-warning");
  return message.acknowledged ? accept() : accept({ type: "warningAcknowledged", warning });
}
