import { Hono } from "hono";
import { afterEach, expect, it, vi } from "vitest";
import { csvAnswer } from "#worker/csv-answer.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("[K36] a list that cannot be read to its end breaks off, and the log says why", async () => {
  const said = vi.spyOn(console, "error").mockReturnValue();
  const app = new Hono().get("/list/:of", (c) =>
    csvAnswer(c, "list", [["number", (row: number) => row]], async (after: number | undefined) => {
      if (after !== undefined) throw new Error("the database is away");
      return { rows: [1, 2], next: 2 };
    }),
  );
  const answer = await app.request("/list/all");
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow("the database is away");
  expect(said.mock.calls.map(([line]) => JSON.parse(String(line)) as object)).toMatchObject([
    { event: "request-failed", method: "GET", route: "/list/:of", error: "the database is away" },
  ]);
});
