import { createHash } from "node:crypto";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import type { Segment } from "#domain/attempt/command.ts";
import type { UploadState } from "#client/media/recorder.ts";
import { spoolStoryAsItShouldBe } from "../support/spool-story.ts";
import { serveMediaHarness } from "./media-harness/serve.ts";

type Store = ReturnType<typeof createStore>;

const test = base.extend<{ store: Store; recordingPage: Page }, { origin: string }>({
  origin: [
    // Playwright insists on the pattern, though nothing is taken from it.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const harness = await serveMediaHarness();
      await use(harness.origin);
      await harness.close();
    },
    { scope: "worker" },
  ],
  // oxlint-disable-next-line no-empty-pattern
  store: async ({}, use) => use(createStore()),
  recordingPage: async ({ context, store, origin }, use) => {
    await store.attach(context);
    await use(await openPage(context, origin));
  },
});

async function openPage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => globalThis.mediaHarness !== undefined);
  return page;
}

type Stored = Segment & { readonly content: Buffer };

/** The HTTP border of recordings (`protocol/http/sit.ts`), which keeps what it is given. */
function createStore() {
  const stored: Stored[] = [];
  const announced = new Map<string, Segment>();
  let isReachable = true;
  const placeOf = ({ track, run, index }: Pick<Segment, "track" | "run" | "index">): string =>
    `${track}-${run}-${index}`;

  return {
    stored,
    places: (track: Segment["track"]) =>
      stored.filter((segment) => segment.track === track).map(({ run, index }) => `${run}/${index}`),
    setReachable: (value: boolean) => {
      isReachable = value;
    },
    attach: (context: BrowserContext) =>
      context.route("**/v1/**", async (route) => {
        const request = route.request();
        if (!isReachable) return route.abort("connectionfailed");
        if (request.method() === "GET")
          return route.fulfill({
            json: { segments: stored.map(({ track, run, index, sha256 }) => ({ track, run, index, sha256 })) },
          });
        if (request.method() === "POST") {
          const { segments } = request.postDataJSON() as { readonly segments: readonly Segment[] };
          for (const segment of segments) announced.set(placeOf(segment), segment);
          return route.fulfill({
            json: {
              segments: segments.map((segment) => {
                const { track, run, index, sha256 } = segment;
                const held = stored.find((each) => placeOf(each) === placeOf(segment));
                if (held !== undefined)
                  return { track, run, index, state: held.sha256 === sha256 ? "stored" : "differs" };
                return { track, run, index, state: "wanted", url: `/v1/uploads/${placeOf(segment)}` };
              }),
            },
          });
        }
        const segment = announced.get(request.url().split("/").at(-1) ?? "");
        const content = request.postDataBuffer();
        if (segment === undefined || content === null) return route.fulfill({ status: 403 });
        stored.push({ ...segment, content });
        return route.fulfill({ status: 201, json: {} });
      }),
  };
}

function record(page: Page): Promise<void> {
  return page.evaluate(() => globalThis.mediaHarness?.record("ada"));
}

function uploads(page: Page): Promise<readonly UploadState[]> {
  return page.evaluate(() => globalThis.mediaHarness?.recording.uploads ?? []);
}

const waiting = async (page: Page) => (await uploads(page)).at(-1)?.waiting ?? -1;

test("the spool keeps its promises in a real IndexedDB", async ({ recordingPage }) => {
  expect(await recordingPage.evaluate(() => globalThis.mediaHarness?.story())).toEqual(spoolStoryAsItShouldBe);
});

test("camera and screen are recorded in pieces that follow each other and play, and the last one comes with the end", async ({
  recordingPage,
  store,
}) => {
  await record(recordingPage);
  // Three pieces of four seconds each: on a busy machine the first picture of a recorder comes late.
  for (const track of ["camera", "screen"] as const) {
    await expect.poll(() => store.places(track).length, { timeout: 40_000 }).toBeGreaterThan(2);
  }
  await recordingPage.evaluate(async () => {
    await globalThis.mediaHarness?.recording.recorder?.stop();
    await globalThis.mediaHarness?.recording.recorder?.flush();
  });
  expect((await uploads(recordingPage)).at(-1)).toEqual({ waiting: 0, failed: null });
  for (const track of ["camera", "screen"] as const) {
    const pieces = store.stored.filter((segment) => segment.track === track);
    expect(pieces.map(({ run, index }) => `${run}/${index}`)).toEqual(pieces.map((_, index) => `0/${index}`));
    for (const [at, piece] of pieces.entries()) {
      expect(piece.bytes).toBe(piece.content.length);
      expect(piece.sha256).toBe(createHash("sha256").update(piece.content).digest("hex"));
      expect(piece.endsAt).toBeGreaterThan(piece.startsAt);
      if (at > 0) expect(piece.startsAt).toBe(pieces[at - 1]?.endsAt);
    }
    const seconds = await secondsThatPlay(
      recordingPage,
      pieces.map(({ content }) => content),
    );
    expect(seconds).toBeGreaterThan(7);
  }
});

test("what an outage and a closed page left behind is sent by the next page, which begins a new run", async ({
  recordingPage,
  store,
  context,
  origin,
}) => {
  await recordingPage.evaluate(() => globalThis.mediaHarness?.record("ada"));
  await expect.poll(() => store.places("camera").length).toBeGreaterThan(0);
  store.setReachable(false);
  const before = store.stored.length;
  await expect.poll(() => waiting(recordingPage)).toBeGreaterThan(1);
  expect(store.stored).toHaveLength(before);
  const left = await waiting(recordingPage);
  await recordingPage.close();

  store.setReachable(true);
  const next = await openPage(context, origin);
  await next.evaluate(() => globalThis.mediaHarness?.resume("ada"));
  await expect.poll(() => waiting(next)).toBe(0);
  expect(store.stored.length).toBeGreaterThanOrEqual(before + left);

  await record(next);
  await expect.poll(() => store.places("camera")).toContain("1/0");
});

test("a browser whose storage was cleared uses no run number that the server knows", async ({
  recordingPage,
  store,
}) => {
  const held = { track: "camera", run: 4, index: 7, sha256: "0".repeat(64), bytes: 1, startsAt: 1, endsAt: 2 } as const;
  store.stored.push({ ...held, content: Buffer.from([0]) });
  await record(recordingPage);
  // The pieces of one track may come long before those of the other.
  await expect.poll(() => store.places("camera")[1]).toBe("5/0");
  await expect.poll(() => store.places("screen")[0]).toBe("0/0");
});

/** Puts pieces one behind the other, as a player does, and tells how many seconds of them can be played. */
function secondsThatPlay(page: Page, pieces: readonly Buffer[]): Promise<number> {
  return page.evaluate(
    async (encoded) => {
      const bytes = encoded.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
      const video = document.createElement("video");
      video.src = URL.createObjectURL(new Blob(bytes, { type: "video/webm" }));
      await new Promise((resolve, reject) => {
        video.addEventListener("loadedmetadata", resolve);
        video.addEventListener("error", () => reject(new Error(video.error?.message)));
      });
      // MediaRecorder writes no duration: a seek beyond the end finds it.
      video.currentTime = 1e9;
      await new Promise((resolve) => video.addEventListener("seeked", resolve));
      return video.currentTime;
    },
    pieces.map((content) => content.toString("base64")),
  );
}
