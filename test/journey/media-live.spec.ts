import { expect, test as base, type Page } from "@playwright/test";
import type { LiveTrack } from "#domain/attempt/command.ts";
import { createLocalSfu, type LocalSfu } from "#tools/local-sfu/local-sfu.ts";
import { createMediaBorder } from "../support/media-border.ts";
import { picturesLookedAt } from "./media-harness/pictures.ts";
import { serveMediaHarness } from "./media-harness/serve.ts";

type Border = ReturnType<typeof createMediaBorder>;

const test = base.extend<{ sfu: LocalSfu; border: Border; candidate: Page; console: Page }, { origin: string }>({
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
  sfu: async ({}, use) => {
    const limits = { patienceMs: 1_000 };
    const sfu = await createLocalSfu({ port: 0, appId: "journey", appSecret: "a secret of this test", limits });
    await use(sfu);
    await sfu.close();
  },
  border: async ({ sfu }, use) => {
    await use(createMediaBorder({ url: sfu.url, appId: "journey", appSecret: "a secret of this test" }));
  },
  candidate: async ({ context, border, origin }, use) => use(await openPage(await context.newPage(), border, origin)),
  console: async ({ context, border, origin }, use) => {
    const page = await openPage(await context.newPage(), border, origin);
    await startReceiver(page);
    await use(page);
  },
});

async function openPage(page: Page, border: Border, origin: string): Promise<Page> {
  await border.attach(page);
  await page.goto(origin);
  await page.waitForFunction(() => globalThis.mediaHarness !== undefined);
  return page;
}

type ReceiverWindow = Window & { endReceiver?: () => void };

function startReceiver(page: Page): Promise<void> {
  return page.evaluate(() => {
    (window as ReceiverWindow).endReceiver = globalThis.mediaHarness!.startReceiver();
  });
}

type PublisherWindow = Window & {
  publishers?: Record<string, { readonly states: string[]; readonly stop: () => void }>;
};

async function publish(page: Page, attemptId: string, colour: string): Promise<void> {
  await page.evaluate(
    ([attempt, paint]) => {
      const { publishers = {} } = window as PublisherWindow;
      publishers[attempt] = globalThis.mediaHarness!.publish(attempt, paint);
      (window as PublisherWindow).publishers = publishers;
    },
    [attemptId, colour] as const,
  );
  await expect.poll(() => publisherStates(page, attemptId)).toContain("live");
  // The first pictures come a moment after the line is there, and on a busy machine later than the SFU waits for them.
  await expect.poll(() => sendsEverything(page)).toBe(true);
}

/** Whether something of each track has left on the newest of the page's lines. */
function sendsEverything(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const report = await globalThis.mediaHarness?.peers.at(-1)?.getStats();
    const tracks = [...(report?.values() ?? [])].filter(({ type }) => type === "outbound-rtp");
    return tracks.length > 0 && tracks.every(({ packetsSent }) => packetsSent > 0);
  });
}

function publisherStates(page: Page, attemptId: string): Promise<readonly string[]> {
  return page.evaluate((attempt) => (window as PublisherWindow).publishers?.[attempt]?.states ?? [], attemptId);
}

function watch(page: Page, attemptId: string, track: LiveTrack): Promise<number> {
  return page.evaluate(([attempt, wanted]) => globalThis.mediaHarness!.watch(attempt, wanted), [
    attemptId,
    track,
  ] as const);
}

function release(page: Page, seat: number): Promise<void> {
  return page.evaluate((at) => globalThis.mediaHarness?.seats[at]?.release(), seat);
}

function changes(page: Page, seat: number) {
  return page.evaluate((at) => globalThis.mediaHarness?.seats[at]?.changes ?? [], seat);
}

async function states(page: Page, seat: number): Promise<readonly string[]> {
  return (await changes(page, seat)).map(({ state }) => state);
}

async function expectLive(page: Page, seat: number): Promise<void> {
  await expect.poll(async () => (await states(page, seat)).at(-1)).toBe("live");
}

/** Each time that the seat became live: the colours of its first pictures. Chromium begins each stream with a black one. */
async function coloursSeen(page: Page, seat: number): Promise<readonly string[]> {
  const seen = async () =>
    (await changes(page, seat)).filter(({ hasStream }) => hasStream).map(({ colours }) => colours);
  await expect.poll(async () => (await seen()).every(({ length }) => length === picturesLookedAt)).toBe(true);
  return (await seen()).map((colours) => [...new Set(colours.filter((colour) => colour !== "black"))].join(", "));
}

/** Sections of the newest of the page's peer connections that were opened so far. */
function sections(page: Page): Promise<number> {
  return page.evaluate(() => globalThis.mediaHarness?.peers.at(-1)?.getTransceivers().length ?? 0);
}

test("all four tracks of a candidate reach the console, asked for in one call", async ({
  candidate,
  console,
  border,
}) => {
  await publish(candidate, "ada", "red");
  const tracks = ["thumbnail", "focus", "microphone", "screen"] as const;
  const seats = await Promise.all(tracks.map((track) => watch(console, "ada", track)));
  for (const seat of seats) await expectLive(console, seat);
  // A video knows its size when its first picture is drawn, a moment after it has come.
  const sizes = (): Promise<readonly string[] | undefined> =>
    console.evaluate(() =>
      globalThis.mediaHarness?.seats.map(({ video }) => `${video.videoWidth}x${video.videoHeight}`),
    );
  await expect.poll(sizes).toEqual(["160x120", "320x240", "0x0", "320x180"]);
  expect(await coloursSeen(console, seats[0]!)).toEqual(["red"]);
  expect(border.calls.filter(({ viewer }) => viewer !== null).map(({ name }) => name)).toEqual([
    "POST tracks",
    "PUT answer",
  ]);
});

test("a section that is turned to another candidate never shows the one before", async ({
  candidate,
  console,
  border,
}) => {
  await publish(candidate, "ada", "red");
  await publish(candidate, "noor", "blue");
  const first = await watch(console, "ada", "thumbnail");
  await expectLive(console, first);
  for (const [attemptId, colour] of [
    ["noor", "blue"],
    ["ada", "red"],
    ["noor", "blue"],
  ] as const) {
    const before = (await console.evaluate(() => globalThis.mediaHarness!.seats.length)) - 1;
    await release(console, before);
    const seat = await watch(console, attemptId, "thumbnail");
    await expectLive(console, seat);
    expect(await coloursSeen(console, seat)).toEqual([colour]);
  }
  expect(await sections(console)).toBe(1);
  expect(border.calls.filter(({ name }) => name === "PUT tracks")).toHaveLength(3);
});

test("a large picture that nobody looks at any more costs a small one", async ({ candidate, console, border }) => {
  await publish(candidate, "ada", "red");
  const seat = await watch(console, "ada", "focus");
  await expectLive(console, seat);
  await release(console, seat);
  await expect.poll(() => border.calls.at(-1)).toMatchObject({ name: "PUT tracks", isOpen: false });
  const height = () =>
    console.evaluate(async () => {
      const report = await globalThis.mediaHarness!.peers.at(-1)!.getStats();
      return [...report.values()].find(({ type }) => type === "inbound-rtp")?.frameHeight;
    });
  await expect.poll(height).toBe(120);
});

test("what is not there yet is none, and comes by itself when the candidate does", async ({ candidate, console }) => {
  const seat = await watch(console, "ada", "thumbnail");
  await expect.poll(() => states(console, seat)).toEqual(["connecting", "none"]);
  await publish(candidate, "ada", "red");
  await expectLive(console, seat);
  expect(await states(console, seat)).toEqual(["connecting", "none", "live"]);
});

test("a candidate whose line dies publishes anew, and the console shows it again", async ({
  candidate,
  console,
  border,
  sfu,
}) => {
  await publish(candidate, "ada", "red");
  const seat = await watch(console, "ada", "thumbnail");
  await expectLive(console, seat);
  const lost = border.publisherOf("ada");
  border.failNext("POST media", 2);
  sfu.killSession(lost ?? "");
  // Without a word of the SFU: ICE notices after some seconds.
  // It is not "none" for long: whoever looks late sees what came after it, too.
  await expect.poll(async () => (await states(console, seat)).slice(0, 3)).toEqual(["connecting", "live", "none"]);
  await expect.poll(() => border.publisherOf("ada"), { timeout: 40_000 }).not.toBe(lost);
  await expectLive(console, seat);
  expect(await publisherStates(candidate, "ada")).toContain("retrying");
  expect((await publisherStates(candidate, "ada")).at(-1)).toBe("live");
});

test("a console whose line dies watches all of it anew", async ({ candidate, console, border, sfu }) => {
  await publish(candidate, "ada", "red");
  await publish(candidate, "noor", "blue");
  const seats = [await watch(console, "ada", "thumbnail"), await watch(console, "noor", "focus")];
  for (const seat of seats) await expectLive(console, seat);
  const [viewer = ""] = border.viewerIds();
  sfu.killSession(viewer);
  await expect.poll(() => border.viewerIds().length, { timeout: 40_000 }).toBeGreaterThan(1);
  for (const seat of seats) await expectLive(console, seat);
  expect(await coloursSeen(console, seats[1]!)).toEqual(["blue", "blue"]);
});

test("a call that is refused for the moment leaves the pictures that are there alone", async ({
  candidate,
  console,
  border,
}) => {
  await publish(candidate, "ada", "red");
  const first = await watch(console, "ada", "thumbnail");
  await expectLive(console, first);
  border.failNext("POST tracks", 2);
  const second = await watch(console, "ada", "screen");
  await expectLive(console, second);
  expect(await states(console, first)).toEqual(["connecting", "live"]);
  expect(border.viewerIds()).toHaveLength(1);
});

test("whatever is watched and released, the calls of a viewer follow one another", async ({
  candidate,
  console,
  border,
}) => {
  await publish(candidate, "ada", "red");
  await publish(candidate, "noor", "blue");
  for (let round = 0; round < 3; round += 1) {
    const seats: number[] = [];
    for (const attemptId of ["ada", "noor"])
      for (const track of ["thumbnail", "thumbnail", "thumbnail", "thumbnail", "focus", "microphone"] as const)
        seats.push(await watch(console, attemptId, track));
    await console.waitForTimeout(60 * round);
    // A slow machine may have opened no section yet: what is closed at the end must first have been opened.
    if (round === 2) for (const seat of seats) await expectLive(console, seat);
    for (const seat of seats) await release(console, seat);
  }
  const last = await watch(console, "noor", "screen");
  await expectLive(console, last);
  await expect.poll(() => border.calls.map(({ name }) => name)).toContain("POST close");
  expect(border.overlaps).toEqual([]);
  expect(border.viewerIds()).toHaveLength(1);
});

test("a receiver that is ended holds no line, and one that is started again shows its seats", async ({
  candidate,
  console,
}) => {
  await publish(candidate, "ada", "red");
  const seat = await watch(console, "ada", "thumbnail");
  await expectLive(console, seat);
  await console.evaluate(() => (window as ReceiverWindow).endReceiver?.());
  expect(await states(console, seat)).toEqual(["connecting", "live", "connecting"]);
  const lines = () => console.evaluate(() => globalThis.mediaHarness?.peers.map((peer) => peer.connectionState));
  expect(await lines()).toEqual(["closed"]);
  await startReceiver(console);
  await expectLive(console, seat);
  expect(await lines()).toEqual(["closed", "connected"]);
});
