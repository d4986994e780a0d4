import { join } from "node:path";
import { chromium, expect, type Page, type Request, test } from "@playwright/test";
import { stillFolder } from "./camera-files.ts";
import type { FaceHarness } from "./face-harness/main.ts";
import { serveSensors } from "./serve-sensors.ts";

let origin: string;
let close: () => Promise<void>;

test.beforeAll(async () => {
  ({ origin, close } = await serveSensors("face-harness"));
});

test.afterAll(() => close());

for (const { camera, faces } of [
  { camera: "none.mjpeg", faces: 0 },
  { camera: "one.mjpeg", faces: 1 },
  { camera: "two.mjpeg", faces: 2 },
]) {
  test(`the camera file ${camera} is counted as ${faces}, under the page's content security policy`, async () => {
    await withPage(camera, async (page) => {
      const requests: Request[] = [];
      page.on("request", (request) => requests.push(request));
      await page.goto(origin);
      await countsSeen(page, 8);
      const { startedAt, counts, states, longTasksMs } = await harness(page);
      const loadMs = states.find(({ state }) => state === "working")!.at - startedAt;
      const took = counts.map(({ tookMs }) => Math.round(tookMs));
      console.log(
        `${camera}: first count after ${Math.round(loadMs)} ms, each ${took.join(" ")} ms;`,
        `confidence ${counts.at(-1)!.confidence.toFixed(2)}; long tasks ${JSON.stringify(longTasksMs)}`,
      );
      expect(new Set(counts.map(({ count }) => count))).toEqual(new Set([faces]));
      expect(states.map(({ state }) => state)).toEqual(["loading", "working"]);
      // Nothing but our own files is asked for, and nothing is sent: no frame leaves the page.
      expect(requests.map((request) => request.url())).toContain(`${origin}face/face-detector.tflite`);
      expect(requests.filter((request) => !request.url().startsWith(origin) || request.method() !== "GET")).toEqual([]);
    });
  });
}

test("a track is counted as well as an element", async () => {
  await withPage("two.mjpeg", async (page) => {
    await page.goto(`${origin}?track`);
    await countsSeen(page, 2);
    expect(new Set((await harness(page)).counts.map(({ count }) => count))).toEqual(new Set([2]));
  });
});

test("a worker that hangs does not hold the page up, is told as lost, and is replaced", async () => {
  await withPage("one.mjpeg", async (page) => {
    await page.goto(origin);
    await countsSeen(page, 1);
    // Its thread is busy for good; the promise never settles, so nobody may wait for it.
    page
      .workers()[0]!
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined); // ends with the worker
    await expect.poll(() => lastState(page)).toEqual({ state: "lost", reason: "no-answer" });
    const before = (await harness(page)).counts.length;
    await countsSeen(page, before + 1);
    expect(await lastState(page)).toEqual({ state: "working", reason: null });
  });
});

test("a model that cannot be fetched is told as lost, and is tried again", async () => {
  await withPage("one.mjpeg", async (page) => {
    await page.context().route("**/face-detector.tflite", (route) => route.fulfill({ status: 503 }), { times: 1 });
    await page.goto(origin);
    await expect.poll(() => lastState(page)).toEqual({ state: "lost", reason: "could-not-load" });
    await countsSeen(page, 1);
    expect(await lastState(page)).toEqual({ state: "working", reason: null });
  });
});

test("a camera that stopped is told as lost, and its last picture is not counted", async () => {
  await withPage("one.mjpeg", async (page) => {
    await page.goto(origin);
    await countsSeen(page, 1);
    await page.evaluate(() => globalThis.faceHarness!.track.stop());
    await expect.poll(() => lastState(page)).toEqual({ state: "lost", reason: "no-input" });
    const { counts, states } = await harness(page);
    expect(states.at(-1)!.at - counts.at(-1)!.at).toBeGreaterThan(3_500);
  });
});

test("a browser with no WebGL at all is told as lost, not as no face", async () => {
  await withPage(
    "one.mjpeg",
    async (page) => {
      await page.goto(origin);
      await expect.poll(() => lastState(page)).toEqual({ state: "lost", reason: "could-not-work" });
      expect((await harness(page)).counts).toEqual([]);
    },
    ["--disable-gpu", "--disable-software-rasterizer"],
  );
});

test("a policy without wasm-unsafe-eval is in force in the worker too, and is told as lost", async () => {
  await withPage("one.mjpeg", async (page) => {
    await page.context().route("**/picture-worker-*.js", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": "script-src 'self'; connect-src 'self'" };
      await route.fulfill({ response, headers });
    });
    await page.goto(origin);
    await expect.poll(() => lastState(page)).toEqual({ state: "lost", reason: "could-not-load" });
  });
});

test("a stopped counter counts no more and leaves no worker behind", async () => {
  await withPage("one.mjpeg", async (page) => {
    await page.goto(origin);
    await countsSeen(page, 1);
    await page.evaluate(() => globalThis.faceHarness!.stop());
    await expect.poll(() => page.workers().length).toBe(0);
  });
});

/** One browser for each camera file, because the file is a launch flag. */
async function withPage(
  camera: string,
  use: (page: Page) => Promise<void>,
  flags: readonly string[] = [],
): Promise<void> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${join(stillFolder, camera)}`,
      ...flags,
    ],
  });
  try {
    const page = await browser.newPage();
    await use(page);
  } finally {
    await browser.close();
  }
}

async function countsSeen(page: Page, atLeast: number): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => globalThis.faceHarness?.counts.length ?? 0))
    .toBeGreaterThanOrEqual(atLeast);
}

async function harness(page: Page): Promise<Pick<FaceHarness, "startedAt" | "counts" | "states" | "longTasksMs">> {
  return page.evaluate(() => {
    const { startedAt, counts, states, longTasksMs } = globalThis.faceHarness!;
    return { startedAt, counts, states, longTasksMs };
  });
}

async function lastState(page: Page): Promise<{ state: string; reason: string | null } | null> {
  return page.evaluate(() => {
    const last = globalThis.faceHarness?.states.at(-1);
    return last === undefined ? null : { state: last.state, reason: last.reason };
  });
}
