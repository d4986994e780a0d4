import { isCode, isTest, type Rule } from "./source.ts";

/** Such a name says who was in a hurry, not what is inside. */
const hurried = /^(utils?|helpers?|commons?|shared|services?|managers?|misc|libs?)$/;
const hurriedSuffix = /-(utils?|helpers?|services?|managers?)$/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The parts of a path without the endings: `test/a/b.test.ts` is `test`, `a`, `b`, `test`. */
function partsOf(path: string): readonly string[] {
  return path
    .replace(/\.[a-z]+$/, "")
    .split(/[/.]/)
    .filter((part) => part !== "");
}

/** No folder or file is named for nothing in particular. */
export const saysWhatIsInside: Rule = (files) =>
  files
    .filter(({ path }) => partsOf(path).some((part) => hurried.test(part) || hurriedSuffix.test(part)))
    .map(({ path }) => `${path}: named for nothing in particular`);

/** Code and styles, and the folders they are in, have kebab-case names, React components too. */
export const isKebabCase: Rule = (files) =>
  files
    .filter((file) => isCode(file) || file.path.endsWith(".css"))
    .filter(({ path }) => !partsOf(path).every((part) => kebab.test(part)))
    .map(({ path }) => `${path}: not kebab-case`);

const longest = { code: 300, test: 500 };

/** A file that is longer is two rooms. */
export const isShort: Rule = (files) =>
  files.filter(isCode).flatMap((file) => {
    const lines = file.text.trimEnd().split("\n").length;
    const most = isTest(file) ? longest.test : longest.code;
    return lines > most ? [`${file.path}: ${lines} lines, more than ${most}`] : [];
  });
