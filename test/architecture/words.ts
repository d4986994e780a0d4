import type { Rule } from "./source.ts";

// A letter in brackets keeps these lines from finding themselves.
const unfinished = /\b(T[O]DO|FI[X]ME|X[X]X|HA[C]K)\b/;
const filler = /\blore[m]\b|\bipsu[m]\b/i;
const machine = /(^|[\s"'`(])\/(work|home|Users|root)\/[a-z.]/;
/** A private key as PEM or JWK, and what this product gives out: keys of its API, secrets of webhooks. */
const secret =
  /-----BEGIN [A-Z ]*PRIVATE KEY|"d": ?"[\w-]{43}|\bivk_[\w-]{20}|\bwhsec_[\w+/]{24}|\b[A-Z]+_(KEY|SECRET)=['"]?[\w+/-]{20}/;

function linesWith(word: RegExp, fault: string): Rule {
  return (files) =>
    files.flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, index) => (word.test(line) ? [`${path}:${index + 1}: ${fault}`] : [])),
    );
}

/** What is not done is not in the code: it is done, or it is an issue. */
export const isFinished: Rule = linesWith(unfinished, "something is left to do");

export const saysSomething: Rule = linesWith(filler, "filler text");

/** No path of the machine that somebody happened to work on. */
export const isAnywhere: Rule = linesWith(machine, "a path of one machine");

/** Secrets are made on each machine, and given to the platform by its own store. */
export const holdsNoSecret: Rule = linesWith(secret, "a secret");
