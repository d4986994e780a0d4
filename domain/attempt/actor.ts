import type { MemberId } from "../exam/ids.ts";

/** Who did it. `system` is the session itself: its clock, its sockets, its store. */
export type Actor =
  | { readonly kind: "candidate" }
  | { readonly kind: "proctor"; readonly memberId: MemberId; readonly name: string }
  | { readonly kind: "system" };

export const candidate: Actor = { kind: "candidate" };
export const system: Actor = { kind: "system" };
