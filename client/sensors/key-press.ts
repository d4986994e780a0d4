import type { MomentarySignalKind } from "#domain/integrity/signal.ts";

/** As much of a keyboard event as is looked at. */
export type Key = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export type NoticedKeys = {
  readonly kind: Extract<MomentarySignalKind, "print" | "print-screen" | "shortcut" | "developer-tools-shortcut">;
  /** The keys as their user knows them, such as `Ctrl+Shift+I`. */
  readonly keys: string;
};

/**
 * Which press of keys the exam notices, or null. Free for everyone, whatever the policy: all that text editing and
 * assistive technology need (copy, paste, undo, select all, find, zoom, reload, the caret browsing of F7, the address bar).
 */
export function noticedKeys(pressed: Key, isMac: boolean): NoticedKeys | null {
  const keys = nameOf(pressed, isMac);
  const kind = kindOf(keys);
  return kind === null ? null : { kind, keys };
}

function kindOf(keys: string): NoticedKeys["kind"] | null {
  if (pictures.has(keys) || keys.endsWith("PrintScreen")) return "print-screen";
  if (developerTools.has(keys)) return "developer-tools-shortcut";
  if (prints.has(keys)) return "print";
  return shortcuts.has(keys) ? "shortcut" : null;
}

/** The system mostly keeps these for itself; where it does not, they are what a picture is taken with. */
const pictures: ReadonlySet<string> = new Set(["Win+Shift+S", "Cmd+Shift+3", "Cmd+Shift+4", "Cmd+Shift+5"]);

const developerTools: ReadonlySet<string> = new Set([
  "F12",
  ...["I", "J", "C", "K"].flatMap((letter) => [`Ctrl+Shift+${letter}`, `Cmd+Option+${letter}`]),
  "Ctrl+U",
  "Cmd+Option+U",
]);

const prints: ReadonlySet<string> = new Set(["Ctrl+P", "Cmd+P", "Ctrl+Shift+P", "Cmd+Option+P"]);

/** They save the page, take a picture of it, or open a file, the history or the downloads beside the exam. */
const shortcuts: ReadonlySet<string> = new Set([
  "Ctrl+S",
  "Cmd+S",
  "Ctrl+Shift+S",
  "Cmd+Shift+S",
  "Ctrl+O",
  "Cmd+O",
  "Ctrl+H",
  "Cmd+Y",
  "Ctrl+J",
]);

/** On a Mac, Ctrl with a letter moves the caret as in Emacs and is no shortcut of the browser: it is named `Control+`. */
function nameOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Key, isMac: boolean): string {
  return [
    ...(ctrlKey ? [isMac ? "Control" : "Ctrl"] : []),
    ...(metaKey ? [isMac ? "Cmd" : "Win"] : []),
    ...(altKey ? [isMac ? "Option" : "Alt"] : []),
    ...(shiftKey ? ["Shift"] : []),
    keyName(key, code),
  ].join("+");
}

/**
 * The letter or digit that a shortcut goes by: of the layout where that has Latin letters, otherwise (Cyrillic, or Option
 * on a Mac, which makes other signs) of the place on the keyboard, as browsers do.
 */
function keyName(key: string, code: string): string {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter ?? key;
}
