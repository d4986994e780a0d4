import { describe, expect, it } from "vitest";
import { balancePath } from "#client/manage/balance-path.ts";

const dayMs = 86_400_000;

describe("the picture of the balance", () => {
  it("is a line of steps that goes on until today, with zero where it is", () => {
    const days = [
      { at: 0, balance: 3_000 },
      { at: 2 * dayMs, balance: -1_000 },
    ];
    expect(balancePath(days, null, 4 * dayMs)).toEqual({ line: "M0 0H0.5V1H1", zero: 0.75, limit: null });
  });

  it("holds zero and the limit also where the balance never came near", () => {
    expect(balancePath([{ at: 0, balance: 4_000 }], 1_000, dayMs)).toEqual({ line: "M0 0H1", zero: 0.8, limit: 1 });
    expect(balancePath([{ at: 0, balance: -4_000 }], 0, dayMs)).toEqual({ line: "M0 1H1", zero: 0, limit: null });
  });

  it("is drawn on the first day too, and where nothing is left", () => {
    expect(balancePath([{ at: 0, balance: 0 }], null, 5)).toEqual({ line: "M0 1H1", zero: 1, limit: null });
    expect(balancePath([], null, 5).line).toBe("");
  });
});
