import { describe, expect, test } from "vitest";
import { type Key, noticedKeys } from "#client/sensors/key-press.ts";

const plain: Key = { key: "", code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

function press(keys: string, change: Partial<Key> = {}): Key {
  const parts = keys.split("+");
  const key = parts.at(-1)!;
  const held = new Set(parts.slice(0, -1));
  return {
    key: held.has("Shift") ? key : key.length === 1 ? key.toLowerCase() : key,
    code: /^[A-Z]$/.test(key) ? `Key${key}` : /^\d$/.test(key) ? `Digit${key}` : key,
    ctrlKey: held.has("Ctrl") || held.has("Control"),
    metaKey: held.has("Cmd") || held.has("Win"),
    altKey: held.has("Alt") || held.has("Option"),
    shiftKey: held.has("Shift"),
    ...change,
  };
}

describe("presses of keys", () => {
  test.each([
    ["F12", false, "developer-tools-shortcut"],
    ["Ctrl+Shift+I", false, "developer-tools-shortcut"],
    ["Ctrl+Shift+J", false, "developer-tools-shortcut"],
    ["Ctrl+Shift+C", false, "developer-tools-shortcut"],
    ["Ctrl+U", false, "developer-tools-shortcut"],
    ["Cmd+Option+I", true, "developer-tools-shortcut"],
    ["Cmd+Option+U", true, "developer-tools-shortcut"],
    ["Ctrl+P", false, "print"],
    ["Cmd+P", true, "print"],
    ["PrintScreen", false, "print-screen"],
    ["Alt+PrintScreen", false, "print-screen"],
    ["Win+Shift+S", false, "print-screen"],
    ["Cmd+Shift+4", true, "print-screen"],
    ["Ctrl+S", false, "shortcut"],
    ["Cmd+S", true, "shortcut"],
    ["Ctrl+H", false, "shortcut"],
  ] as const)("[I50] %s (on a Mac: %s) is %s, with the keys and nothing else", (keys, isMac, kind) => {
    expect(noticedKeys(press(keys), isMac)).toEqual({ kind, keys });
  });

  test.each([
    ..."ACVXZYFGRLTWN+-0".split("").map((key) => [`Ctrl+${key === "+" ? "Plus" : key}`, false] as const),
    ...["Ctrl+Shift+V", "Ctrl+Shift+Z", "F5", "F6", "F7", "F3", "Tab", "Alt+Tab", "Shift+F10"].map(
      (keys) => [keys, false] as const,
    ),
    ...["Cmd+C", "Cmd+V", "Cmd+Z", "Cmd+A", "Cmd+F", "Control+U", "Control+H", "Control+P", "Control+O"].map(
      (keys) => [keys, true] as const,
    ),
    // VoiceOver's keys, and signs that AltGr makes.
    ...["Control+Option+U", "Control+Option+I"].map((keys) => [keys, true] as const),
    ...["Ctrl+Alt+E", "Ctrl+Alt+P", "Ctrl+Alt+S"].map((keys) => [keys, false] as const),
    ...["a", "S", "P", "Shift+P", "I"].map((keys) => [keys, false] as const),
  ])("[I52] %s (on a Mac: %s) is free: text editing or assistive technology needs it", (keys, isMac) => {
    expect(noticedKeys(press(keys), isMac)).toBeNull();
  });

  test("a shortcut goes by the layout's letter, and by the key's place where that has no Latin letter", () => {
    const dvorakS = { ...plain, ctrlKey: true, key: "s", code: "Semicolon" };
    const dvorakO = { ...plain, ctrlKey: true, key: "r", code: "KeyO" };
    const cyrillicS = { ...plain, ctrlKey: true, key: "ы", code: "KeyS" };
    const macOptionI = { ...plain, metaKey: true, altKey: true, key: "ˆ", code: "KeyI" };
    expect(noticedKeys(dvorakS, false)?.keys).toBe("Ctrl+S");
    expect(noticedKeys(dvorakO, false)).toBeNull();
    expect(noticedKeys(cyrillicS, false)?.keys).toBe("Ctrl+S");
    expect(noticedKeys(macOptionI, true)?.keys).toBe("Cmd+Option+I");
  });
});
