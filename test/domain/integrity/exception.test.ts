import { expect, test } from "vitest";
import { isExcused } from "#domain/integrity/exception.ts";
import { noDetail, type SignalKind } from "#domain/integrity/signal.ts";

test.each([
  ["speech", true],
  ["loud-sound", true],
  ["burst-typed", true],
  ["pasted", false],
  ["microphone-ended", false],
] as const)("[A102] who may speak, and so dictate, is excused from %s: %s", (kind: SignalKind, isIt) => {
  expect(isExcused({ kind, detail: noDetail }, [{ kind: "may-speak" }])).toBe(isIt);
  expect(isExcused({ kind, detail: noDetail }, [{ kind: "may-leave-full-screen" }])).toBe(false);
});
