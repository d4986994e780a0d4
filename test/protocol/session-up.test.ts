import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { candidateUpSchema, proctorUpSchema } from "#protocol/session/up.ts";
import { candidateCommands, proctorCommands } from "#test/domain/attempt/every-command.ts";
import { goldenIn } from "./golden.ts";

const sides = [
  { side: "candidate", schema: candidateUpSchema, types: Object.keys(candidateCommands), other: proctorCommands },
  { side: "proctor", schema: proctorUpSchema, types: Object.keys(proctorCommands), other: candidateCommands },
] as const;

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every way to change one value somewhere inside, with the path of what was changed. */
function changedAnywhere(value: unknown, change: (inner: unknown) => readonly unknown[], path = ""): Changed[] {
  const here = change(value).map((changed) => ({ path, changed }));
  if (!isObject(value)) return here;
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    changedAnywhere(inner, change, `${path}.${key}`).map((one) => ({
      path: one.path,
      changed: { ...value, [key]: one.changed },
    })),
  );
  return [...here, ...inside];
}

type Changed = { readonly path: string; readonly changed: unknown };

function withExtraKey(value: unknown): readonly unknown[] {
  return isObject(value) ? [{ ...value, extra: 1 }] : [];
}

function withoutOneKey(value: unknown): readonly unknown[] {
  if (!isObject(value)) return [];
  return Object.keys(value).map((gone) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone)));
}

/** `null` is not among them: some fields take it, and those that hold it may take a number. */
function ofAnotherType(value: unknown): readonly unknown[] {
  if (typeof value === "string") return [1, [value], { toString: value }, true];
  if (typeof value === "number") return [String(value), [value], true];
  if (typeof value === "boolean") return ["true", 1];
  if (Array.isArray(value)) return ["text", 1, {}];
  return value === null ? ["text", []] : ["text", 1, []];
}

describe.each(sides)("what the $side says", ({ side, schema, types, other }) => {
  const messages = goldenIn(side);

  test("has a golden message for each command and for the clock", () => {
    const named = new Set(messages.map(({ name }) => name.replace(/\..*/, "")));
    expect([...named].toSorted()).toEqual([...types, "clock"].toSorted());
  });

  test.each(messages)("$name is understood as it was sent", ({ content }) => {
    expect(v.parse(schema, content)).toEqual(content);
  });

  test.each(messages)("$name with an extra key anywhere is refused", ({ content }) => {
    for (const { path, changed } of changedAnywhere(content, withExtraKey)) {
      expect(v.is(schema, changed), `extra key at ${path}`).toBe(false);
    }
  });

  test.each(messages)("$name without any one of its keys is refused, unless it was sent so once", ({ content }) => {
    for (const { path, changed } of changedAnywhere(content, withoutOneKey)) {
      if (messages.some((message) => isDeepStrictEqual(message.content, changed))) continue;
      expect(v.is(schema, changed), `key missing at ${path}: ${JSON.stringify(changed)}`).toBe(false);
    }
  });

  test.each(messages)("$name with a value of another type anywhere is refused", ({ content }) => {
    for (const { path, changed } of changedAnywhere(content, ofAnotherType)) {
      expect(v.is(schema, changed), `${path}: ${JSON.stringify(changed)}`).toBe(false);
    }
  });

  test("an unknown command, or one of the other side alone, is refused", () => {
    const first = messages.find(({ name }) => name !== "clock");
    if (!isObject(first?.content)) throw new Error("there is no golden command");
    expect(v.is(schema, { ...first.content, command: { type: "tick" } })).toBe(false);
    expect(v.is(schema, { ...first.content, type: "register" })).toBe(false);
    for (const [type, command] of Object.entries(other)) {
      if (types.includes(type)) continue;
      expect(v.is(schema, { ...first.content, command }), type).toBe(false);
    }
  });
});

describe("limits", () => {
  function said(command: unknown, id = "c-1") {
    return v.is(candidateUpSchema, { type: "command", id, command });
  }
  const visit = (itemId: string) => ({ type: "visitItem", itemId });
  const save = (response: unknown, agoMs = 0) => ({ type: "saveAnswer", itemId: "i", response, agoMs });

  test("an id has 1 to 64 characters", () => {
    expect([said(visit("i"), "c".repeat(64)), said(visit("i"), "c".repeat(65)), said(visit("i"), "")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([said(visit("i".repeat(64))), said(visit("i".repeat(65))), said(visit(""))]).toEqual([true, false, false]);
    const admit = { type: "command", id: "p-1", command: { type: "admit" } };
    expect(v.is(proctorUpSchema, { ...admit, attemptId: "a".repeat(64) })).toBe(true);
    expect(v.is(proctorUpSchema, { ...admit, attemptId: "a".repeat(65) })).toBe(false);
  });

  test("a message has up to 1,000 characters and a typed answer up to 4,000", () => {
    expect(said({ type: "sendMessage", text: "x".repeat(1000) })).toBe(true);
    expect(said({ type: "sendMessage", text: "x".repeat(1001) })).toBe(false);
    expect(said(save({ kind: "short-text", text: "x".repeat(4000) }))).toBe(true);
    expect(said(save({ kind: "short-text", text: "x".repeat(4001) }))).toBe(false);
    expect(said(save({ kind: "multiple-choice", options: Array(100).fill("o") }))).toBe(true);
    expect(said(save({ kind: "multiple-choice", options: Array(101).fill("o") }))).toBe(false);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, "0", null])("an answer made %s ms ago is refused", (agoMs) => {
    expect(said(save(null, 1.5))).toBe(true);
    expect(said({ ...save(null), agoMs })).toBe(false);
  });

  test.each([0, -1, 1.5, 4 * 60 * 60 * 1000 + 1])("%d ms of extra time is refused", (ms) => {
    const add = { type: "command", id: "p", attemptId: "a", command: { type: "addTime", ms, reason: "Network" } };
    expect(v.is(proctorUpSchema, { ...add, command: { ...add.command, ms: 1 } })).toBe(true);
    expect(v.is(proctorUpSchema, add)).toBe(false);
  });

  test("a hash is 64 lower-case hexadecimal digits", () => {
    const consent = (textSha256: string) => said({ type: "giveConsent", textSha256 });
    expect(consent("0".repeat(64))).toBe(true);
    for (const bad of ["A".repeat(64), "0".repeat(63), "0".repeat(65), `${"0".repeat(64)}\n`, "g".repeat(64)]) {
      expect(consent(bad), JSON.stringify(bad)).toBe(false);
    }
  });

  test("what is nested 20,000 deep is refused, and breaks nothing", () => {
    const nested: unknown = JSON.parse("[".repeat(20_000) + "]".repeat(20_000));
    expect(v.is(candidateUpSchema, nested)).toBe(false);
    expect(said(nested)).toBe(false);
    expect(said({ type: "sendMessage", text: nested })).toBe(false);
    expect(said(save(nested))).toBe(false);
    expect(said(save({ kind: "multiple-choice", options: nested }))).toBe(false);
  });

  test.each([null, undefined, 0, "", [], "command", { type: "command" }, { type: "__proto__" }])(
    "%o is no message",
    (value) => {
      expect(v.is(candidateUpSchema, value)).toBe(false);
      expect(v.is(proctorUpSchema, value)).toBe(false);
    },
  );
});
