import * as v from "valibot";
import { candidateUpSchema, proctorUpSchema } from "#protocol/session/up.ts";
import { closeCodes, largestMessageBytes } from "#protocol/session/version.ts";
import { actorOf, type Identity } from "./sockets.ts";
import type { Order } from "./turn.ts";

/** A command, its response and the response's options are three; the rest is room for what may come. */
const deepestNesting = 8;

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/** What a socket's message is: a command to be decided, a question for the clock, or a reason to close the socket. */
export type Incoming =
  | { readonly kind: "order"; readonly order: Order & { readonly commandId: string } }
  | { readonly kind: "clock"; readonly sentAt: number }
  | { readonly kind: "heard"; readonly mark: number }
  | { readonly kind: "unacceptable"; readonly code: number; readonly reason: string };

/** Reads a message as its sender may speak. The reason of a refusal never repeats what was sent. */
export function readMessage(identity: Identity, message: string | ArrayBuffer): Incoming {
  if (typeof message !== "string") return unacceptable("text was expected");
  // A character is at least one byte, so that most messages need no counting.
  if (message.length > largestMessageBytes || Buffer.byteLength(message) > largestMessageBytes) {
    return { kind: "unacceptable", code: closeCodes.tooLarge, reason: `over ${largestMessageBytes} bytes` };
  }
  if (isDeeperThan(deepestNesting, message)) return unacceptable("nested too deep");
  const json = parseJson(message);
  if (json === undefined) return unacceptable("not JSON");
  if (identity.role === "candidate") {
    const { success, output } = v.safeParse(candidateUpSchema, json);
    if (!success) return unacceptable("not a candidate's message");
    if (output.type === "clock") return { kind: "clock", sentAt: output.sentAt };
    const { attemptId, browser, page } = identity;
    return order({ attemptId, browser, page, commandId: output.id, command: output.command, actor: actorOf(identity) });
  }
  const { success, output } = v.safeParse(proctorUpSchema, json);
  if (!success) return unacceptable("not a proctor's message");
  if (output.type === "clock") return { kind: "clock", sentAt: output.sentAt };
  if (output.type === "heard") return { kind: "heard", mark: output.mark };
  const { id, attemptId, command } = output;
  return order({ attemptId, browser: null, page: null, commandId: id, command, actor: actorOf(identity) });
}

function order(given: Order & { readonly commandId: string }): Incoming {
  return { kind: "order", order: given };
}

function unacceptable(reason: string): Incoming {
  return { kind: "unacceptable", code: closeCodes.badMessage, reason };
}

/** Looks at the text alone, as far as it has to: whoever nests without end is found at the first brackets. */
function isDeeperThan(most: number, text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === backslash) at += 1;
      else if (code === quote) isInString = false;
    } else if (code === quote) {
      isInString = true;
    } else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
    }
  }
  return false;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the sender is told so by the close of its socket.
    return undefined;
  }
}
