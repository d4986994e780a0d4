import type { CandidateCommand, ProctorCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { Registered } from "./state.ts";

type Of<Type extends (CandidateCommand | ProctorCommand)["type"]> = Extract<
  CandidateCommand | ProctorCommand,
  { type: Type }
>;

/** [A53] Far more than anybody has to say in an exam, and little enough to be sent whole. */
const mostMessages = 200;

/** [A50] Candidate and proctor can write to each other at any time after registration. */
export function sendMessage(attempt: Registered, { text }: Of<"sendMessage">, { actor }: Context): Decision {
  if (text.trim() === "") return refuse("empty-text");
  if (actor.kind === "candidate" && hasWrittenEnough(attempt)) return refuse("too-many-messages");
  return accept({ type: "messageSent", text: text.trim() });
}

function hasWrittenEnough({ file }: Registered): boolean {
  return file.messages.filter(({ from }) => from.kind === "candidate").length >= mostMessages;
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
