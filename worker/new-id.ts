import { type Brand, brand } from "#domain/exam/ids.ts";
import { randomToken } from "./auth/random-token.ts";

/**
 * A fresh id of one kind: 96 random bits, so that none can be guessed from another. None begins with `-`, which programs take
 * for the beginning of an option or of a formula; ids from before may.
 */
export function newId<Id extends Brand<string>>(): Id {
  const id = randomToken(12);
  return id.startsWith("-") ? newId() : brand<Id>(id);
}
