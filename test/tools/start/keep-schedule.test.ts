import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { projectRoot } from "#tools/start/child.ts";
import { keepSchedule } from "#tools/start/keep-schedule.ts";

it("fires the Worker's cron again and again, also after a run that broke, until it is ended", async () => {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    if (asked.length === 1) response.destroy();
    else response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const ending = new AbortController();
  keepSchedule(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, ending.signal, 10);
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2));
  ending.abort();
  server.closeAllConnections();
  const closed = once(server, "close");
  server.close();
  await closed;
  expect(new Set(asked)).toEqual(new Set(["/cdn-cgi/handler/scheduled"]));
});

it("fires by default as often as the platform does", () => {
  vi.useFakeTimers();
  const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response());
  try {
    const ending = new AbortController();
    keepSchedule("http://product.test", ending.signal);
    vi.advanceTimersByTime(3_600_000);
    ending.abort();
    vi.advanceTimersByTime(3_600_000);
    const [, minutes] =
      /crons = \["\*\/(\d+) \* \* \* \*"\]/.exec(readFileSync(join(projectRoot, "wrangler.toml"), "utf8")) ?? [];
    expect(fetched).toHaveBeenCalledTimes(60 / Number(minutes));
  } finally {
    vi.useRealTimers();
    fetched.mockRestore();
  }
});
