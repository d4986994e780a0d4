import { expect, test } from "vitest";
import { csvOf } from "#client/manage/csv.ts";

test("cells are quoted where they must be, and unknown ones are empty", () => {
  expect(
    csvOf(
      ["name", "points"],
      [
        ['Ada "A" Lovelace, Lady', 9.5],
        ["Grace\nHopper", null],
      ],
    ),
  ).toBe('\uFEFFname,points\r\n"Ada ""A"" Lovelace, Lady",9.5\r\n"Grace\nHopper",\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("a name that begins like a formula is text: %s", (name) => {
  expect(csvOf(["name"], [[name]])).toContain(`'${name}`);
});

test("a negative number is no formula", () => {
  expect(csvOf(["points"], [[-1]])).toBe("\uFEFFpoints\r\n-1\r\n");
});
