import { type Actor, candidate, system } from "#domain/attempt/actor.ts";
import { brand, type MemberId } from "#domain/exam/ids.ts";

/** Somebody who commands: who they are to the law, from which browser, and from which page of it where that matters. */
export type Person = { readonly actor: Actor; readonly browser: string | null; readonly page?: string };

/** The candidate, at the computer where she consented. */
export const ada: Person = { actor: candidate, browser: "browser-of-ada" };
/** Somebody who has Ada's link, in another browser. */
export const mallory: Person = { actor: candidate, browser: "browser-of-mallory" };
export const lin: Person = {
  actor: { kind: "proctor", memberId: brand<MemberId>("lin"), name: "Lin" },
  browser: null,
};
/** The exam session itself. */
export const session: Person = { actor: system, browser: null };
