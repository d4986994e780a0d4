import type { Rule } from "./source.ts";

// A letter in brackets keeps these lines from finding themselves.
const unfinished = /\b(T[O]DO|FI[X]ME|X[X]X|HA[C]K)\b/;
const filler = /\blore[m]\b|\bipsu[m]\b/i;
const machine = /(^|[\s"'`(])\/(work|home|Users|root)\/[a-z.]/;

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
