import { type Brand, brand } from "#domain/exam/ids.ts";
import { randomToken } from "./auth/random-token.ts";

/** A fresh id of one kind: 96 random bits, so that none can be guessed from another. */
export function newId<Id extends Brand<string>>(): Id {
  return brand<Id>(randomToken(12));
}
