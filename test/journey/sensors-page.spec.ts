import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, expect, type Page, test } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "#tools/check/chromium.ts";
import { cough, fan, horn, keyboard, readWav, soundRate, writeWav } from "#tools/integrity-benchmark/sounds.ts";
import { candidateContext, flagsFor } from "./browser.ts";
import { startExam } from "./candidate.ts";
import { admit } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import type { PageSensorHarness } from "./page-sensor-harness/main.ts";
import { tasksWhile } from "./page-tasks.ts";
import { serveSensors } from "./serve-sensors.ts";
import { shortExam } from "./short-exam.ts";
import { placeOf, schedule } from "./sitting.ts";

const soundFolder = join(import.meta.dirname, "../../test-results/sounds");
const speechFile = join(import.meta.dirname, "assets", "speech.wav");

let origin: string;
let close: () => Promise<void>;

test.beforeAll(async () => {
  ({ origin, close } = await serveSensors("page-sensor-harness"));
  await mkdir(soundFolder, { recursive: true });
  const sounds = {
    fan: fan(8, 0.05),
    keyboard: keyboard(8, 8, 0.5),
    cough: cough(8, 4, 0.8),
    horn: horn(14, 8),
    silence: new Float32Array(8 * soundRate),
    // Again and again: where the model comes late, it is the next sentence that it hears.
    sentence: new Float32Array([...(await readWav("speech.wav")), ...new Float32Array(8 * soundRate)]),
  };
  for (const [name, samples] of Object.entries(sounds)) {
    await writeFile(join(soundFolder, `${name}.wav`), writeWav(samples));
  }
});

test.afterAll(() => close());

test.describe("what is pasted, dragged, typed and pressed", () => {
  test("[I50] each is told with how many characters or which keys, and no text leaves the page", async () => {
    await withPage([], async (page) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await start(page, "sensors=input");
      const answer = page.locator("#answer");

      // With nothing selected nothing is copied.
      await page.keyboard.press("Control+C");
      await page.evaluate(() => document.getSelection()?.selectAllChildren(document.querySelector("#prompt")!));
      await page.keyboard.press("Control+C");
      await expectMoment(page, "copied", { count: 62 });
      await answer.click();
      await page.keyboard.press("Control+V");
      await expectMoment(page, "pasted", { count: 62 });
      await expect(answer).toHaveValue(/^Why does the lift/);
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Control+X");
      await expectMoment(page, "cut", { count: 62 });

      await page.keyboard.insertText("Lift grows with the dynamic pressure.");
      await expectMoment(page, "burst-typed", { count: 37 });
      await page.locator("#notes").click();
      await typeAsProgram(page, "The quick brown fox jumps over the lazy dog.");
      await expectMoment(page, "burst-typed", { count: 44 });

      // What an extension does that calls its own words a paste.
      await page.locator("#notes").evaluate((notes: HTMLTextAreaElement) => {
        notes.value += " And the dog did not mind it.";
        notes.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
      });
      await expectMoment(page, "burst-typed", { count: 29 });

      await answer.click({ button: "right" });
      await expectMoment(page, "context-menu", {});
      await page.keyboard.press("PrintScreen");
      await expectMoment(page, "print-screen", { subject: "PrintScreen" });
      await page.keyboard.press("Control+P");
      await expectMoment(page, "print", { subject: "Ctrl+P" });
      await page.keyboard.press("Control+S");
      await expectMoment(page, "shortcut", { subject: "Ctrl+S" });
      for (const keys of ["F12", "Control+Shift+I", "Control+U"]) {
        await page.keyboard.press(keys);
        await expectMoment(page, "developer-tools-shortcut", { subject: keys.replace("Control", "Ctrl") });
      }
      expect(JSON.stringify((await harness(page)).moments)).not.toMatch(/lift|dynamic|quick/i);
      // Each once.
      expect((await harness(page)).moments.map(({ kind }) => kind)).toEqual([
        "copied",
        "pasted",
        "cut",
        "burst-typed",
        "burst-typed",
        "burst-typed",
        "context-menu",
        "print-screen",
        "print",
        "shortcut",
        "developer-tools-shortcut",
        "developer-tools-shortcut",
        "developer-tools-shortcut",
      ]);
    });
  });

  test("[I50] what is dragged into the page is told and not dropped; words moved within one answer are neither", async () => {
    await withPage([], async (page) => {
      await start(page, "sensors=input");
      await page.evaluate(() => document.getSelection()?.selectAllChildren(document.querySelector("#prompt")!));
      await page.locator("#prompt").dragTo(page.locator("#answer"));
      await expectMoment(page, "drag-and-drop", {});
      await expect(page.locator("#answer")).toHaveValue("");

      await page.evaluate(() => {
        const elsewhere = new DataTransfer();
        elsewhere.setData("text/plain", "from another window");
        const event = new DragEvent("drop", { dataTransfer: elsewhere, bubbles: true, cancelable: true });
        document.querySelector("#notes")!.dispatchEvent(event);
      });
      await expectMoment(page, "drag-and-drop", { count: 19 });
      await expect(page.locator("#notes")).toHaveValue("");

      await page.locator("#notes").pressSequentially("one two", { delay: 60 });
      await page.evaluate(() => {
        const notes = document.querySelector("#notes")!;
        for (const type of ["dragstart", "drop", "dragend"]) {
          notes.dispatchEvent(
            new DragEvent(type, { dataTransfer: new DataTransfer(), bubbles: true, cancelable: true }),
          );
        }
      });
      // A second, in which the look would have told of a burst as well.
      await looked(page);
      expect((await harness(page)).moments).toHaveLength(2);
    });
  });

  test("[I51] a hand, a held key, an input method, a corrected word and undoing are no burst", async () => {
    await withPage([], async (page) => {
      await start(page, "sensors=input");
      await page.locator("#answer").pressSequentially("Lift grows with the square of speed.", { delay: 45 });
      for (let i = 0; i < 60; i += 1) await page.keyboard.down("x");
      await page.keyboard.up("x");
      await page.keyboard.press("Control+Z");
      await page.keyboard.press("Control+Shift+Z");
      const input = await page.context().newCDPSession(page);
      for (const text of ["k", "ka", "揚力は速度の二乗に比例して大きくなるということを述べる"]) {
        await input.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      }
      await input.send("Input.insertText", { text: "揚力は速度の二乗に" });
      await looked(page);
      expect((await harness(page)).moments).toEqual([]);
      await expect(page.locator("#answer")).toHaveValue(/揚力/);
    });
  });

  test("[I11] what the policy does not look for is neither told nor held back", async () => {
    await withPage([], async (page) => {
      await start(page, "sensors=input&off=context-menu,shortcut,drag-and-drop");
      const isHeldBack = await page.evaluate(() => {
        const events = [
          new PointerEvent("contextmenu", { bubbles: true, cancelable: true }),
          new KeyboardEvent("keydown", { key: "s", code: "KeyS", ctrlKey: true, bubbles: true, cancelable: true }),
          new DragEvent("drop", { dataTransfer: new DataTransfer(), bubbles: true, cancelable: true }),
          new KeyboardEvent("keydown", { key: "F12", code: "F12", bubbles: true, cancelable: true }),
        ];
        return events.map((event) => !document.querySelector("#answer")!.dispatchEvent(event));
      });
      expect(isHeldBack).toEqual([false, false, false, true]);
      expect((await harness(page)).moments.map(({ kind }) => kind)).toEqual(["developer-tools-shortcut"]);
    });
  });
});

test.describe("displays and the shared surface", () => {
  test("[I53] a second display is told, and one is not", async () => {
    await withPage(["--screen-info={1600x1200}{1600,0 1280x1024}"], async (page) => {
      await start(page, "sensors=displays");
      await expect.poll(() => begun(page)).toEqual(["several-displays"]);
    });
    await withPage([], async (page) => {
      await start(page, "sensors=displays");
      await expect.poll(() => statesOf(page, "displays")).toEqual(["working"]);
      await looked(page);
      expect(await begun(page)).toEqual([]);
    });
  });

  for (const { surface, told } of [
    { surface: "window", told: "a window" },
    { surface: "browser", told: "a tab" },
    { surface: "monitor", told: null },
  ]) {
    test(`[I53] where a ${surface} is shared, what is told is ${told ?? "nothing"}`, async () => {
      await withPage([`--use-fake-device-for-media-stream=display-media-type=${surface}`], async (page) => {
        await start(page, "sensors=screen&screen");
        await expect.poll(() => statesOf(page, "screen")).toEqual(["working"]);
        const { signals } = await harness(page);
        expect(signals.map(({ kind, detail }) => [kind, detail?.subject])).toEqual(
          told === null ? [] : [["screen-not-entire", told]],
        );
      });
    });
  }
});

test.describe("developer tools and programs", () => {
  test("[I54] open developer tools are told within three seconds, and with certainty", async () => {
    await withPage(["--auto-open-devtools-for-tabs"], async (page) => {
      // How long the browser takes to open them is not the page's.
      await page.goto(origin);
      await expect.poll(() => areToolsOpen(page)).toBe(true);
      await start(page, "sensors=developer-tools");
      await expect.poll(() => begun(page)).toEqual(["developer-tools"]);
      const { signals, startedAt } = await harness(page);
      expect(signals[0]?.detail?.confidence).toBe(1);
      expect(signals[0]!.at - startedAt).toBeLessThan(3_000);
    });
  });

  test("[I54] without them nothing is told, in full screen and at other sizes; a dead worker is replaced", async () => {
    await withPage([], async (page) => {
      await start(page, "sensors=developer-tools,full-screen");
      await expect.poll(() => statesOf(page, "developer-tools")).toEqual(["working"]);
      await page.evaluate(() => document.documentElement.requestFullscreen());
      await looked(page, 3_000);
      await page.setViewportSize({ width: 900, height: 700 });
      await looked(page, 3_000);
      await page.evaluate(() => document.exitFullscreen());
      await looked(page, 2_000);
      expect(await begun(page)).not.toContain("developer-tools");
      page
        .workers()[0]!
        .evaluate(() => self.close())
        .catch(() => undefined); // ends with the worker
      await expect.poll(() => statesOf(page, "developer-tools")).toEqual(["working", "lost", "working"]);
      expect(await begun(page)).not.toContain("developer-tools");
    });
  });

  test("[I58] a browser that a program controls says so, once", async () => {
    await withPage([], async (page) => {
      await start(page, "sensors=automation");
      await expect.poll(() => begun(page)).toEqual(["automation"]);
      await looked(page, 2_500);
      const { signals } = await harness(page);
      expect(signals.map(({ edge, kind, detail }) => [edge, kind, detail?.subject])).toEqual([
        ["begin", "automation", "navigator.webdriver"],
      ]);
    });
  });
});

test.describe("what the microphone hears", () => {
  test("[I57] speech is told, ends with the voice, and costs the page no long task", async () => {
    await withPage([soundFlag(join(soundFolder, "sentence.wav"))], async (page) => {
      const requests: string[] = [];
      page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
      await start(page, "sensors=microphone,speech&microphone");
      const tasks = await tasksWhile(page, async () => {
        await expect.poll(() => begun(page), { timeout: 40_000 }).toContain("speech");
        await expect
          .poll(async () => (await harness(page)).signals.some(({ edge, kind }) => edge === "end" && kind === "speech"))
          .toBe(true);
      });
      const { signals } = await harness(page);
      expect(signals.find(({ kind }) => kind === "speech")?.detail?.confidence).toBeGreaterThan(0.8);
      expect(tasks.length).toBeGreaterThan(5);
      expect(tasks[0]).toBeLessThan(50);
      // The weights are fetched; nothing is sent, and nothing of elsewhere is asked for.
      expect(requests.filter((request) => !request.startsWith(`GET ${origin}`))).toEqual([]);
      expect(await statesOf(page, "speech")).toEqual(["working"]);
    });
  });

  for (const sound of ["fan", "keyboard", "cough"]) {
    test(`[I57] a ${sound} is neither speech nor a silent microphone`, async () => {
      await withPage([soundFlag(join(soundFolder, `${sound}.wav`))], async (page) => {
        await start(page, "sensors=microphone,speech&microphone");
        await expect.poll(() => statesOf(page, "speech"), { timeout: 40_000 }).toEqual(["working"]);
        await looked(page, 9_000);
        expect(await begun(page)).toEqual([]);
        expect(await statesOf(page, "microphone")).toEqual(["working"]);
      });
    });
  }

  test("[I56] a microphone that hears nothing at all is told, and is not called off", async () => {
    await withPage([soundFlag(join(soundFolder, "silence.wav"))], async (page) => {
      await start(page, "sensors=microphone&microphone");
      await expect.poll(() => begun(page)).toEqual(["microphone-silent"]);
      expect(await statesOf(page, "microphone")).toEqual(["working"]);
    });
  });

  test("[I56] a horn in a quiet room is told as loud, and ends", async () => {
    await withPage([soundFlag(`${join(soundFolder, "horn.wav")}%noloop`)], async (page) => {
      await start(page, "sensors=microphone&microphone&off=microphone-silent");
      await expect
        .poll(async () => (await harness(page)).signals.map(({ edge, kind }) => `${edge} ${kind}`))
        .toEqual(["begin loud-sound", "end loud-sound"]);
    });
  });

  test("the speech weights are only loaded where the policy asks for them, and a failure is told", async () => {
    await withPage([soundFlag(speechFile)], async (page) => {
      await page.context().route("**/silero-vad-*.bin", (route) => route.fulfill({ status: 503 }));
      const requests: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      await start(page, "sensors=microphone&microphone");
      await expect.poll(() => statesOf(page, "microphone")).toEqual(["working"]);
      expect(requests.filter((url) => /silero|speech/.test(url))).toEqual([]);
      await start(page, "sensors=speech&microphone");
      await expect.poll(() => statesOf(page, "speech")).toEqual(["lost"]);
    });
  });
});

test("a proctor reads in plain words what the page noticed, speech among it where the exam asks for it", async () => {
  const isLookedFor = { windowMs: 2_000, coolDownMs: 60_000, severity: "medium", tellsCandidate: true } as const;
  const speech = { ...isLookedFor, response: "notify-proctor" as const, evidence: [] };
  const sitting = await schedule("Speaking", ["Mallory Four"], {
    ...shortExam,
    title: "Ten Minutes of Silence",
    durationMs: 600_000,
    policyChanges: { rules: { speech } },
  });
  const mallory = placeOf(sitting, "Mallory Four");
  const flags = flagsFor("one", [soundFlag(speechFile), "--screen-info={1600x1200}{1600,0 1280x1024}"]);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: flags });
  try {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    const page = await startExam(await candidateContext(browser), mallory.link, () => admit(console, mallory.name));
    const panel = console.getByRole("region", { name: mallory.name, exact: true });
    // The page begins to watch a moment after the exam has opened, and on a busy machine a longer one.
    await expect(async () => {
      await page.locator("[id^=prompt-]").click({ button: "right" });
      await expect(panel.getByText(/The context menu was opened\./).first()).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 30_000 });
    await page.keyboard.press("F12");
    for (const words of [
      /A shortcut for the developer tools was pressed \(F12\)\./,
      /displays were connected for \d+ seconds\./i,
      /Speech was heard for \d+ seconds\./,
    ]) {
      await expect(panel.getByText(words).first()).toBeVisible();
    }
    await expect(panel.getByText(/did not work|seemed to be open|came faster than hands/)).toHaveCount(0);
  } finally {
    await browser.close();
  }
});

function soundFlag(path: string): string {
  return `--use-file-for-fake-audio-capture=${path}`;
}

/** A browser of its own: displays, sounds and tools are flags of its start. */
async function withPage(flags: readonly string[], use: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags, ...flags] });
  try {
    await use(await browser.newPage());
  } finally {
    await browser.close();
  }
}

async function start(page: Page, query: string): Promise<void> {
  await page.goto(`${origin}?${query}`);
  await page.locator("#start").click();
  await page.waitForFunction(() => globalThis.pageSensorHarness !== undefined);
  // Its part of the page is on its way: what is pressed before it came is not seen.
  if (query.includes("input")) await expect.poll(() => statesOf(page, "input")).toEqual(["working"]);
}

/** The tools are a page of their own, which takes the name of the page that it looks into when it does. */
async function areToolsOpen(page: Page): Promise<boolean> {
  const devtools = await page.context().browser()!.newBrowserCDPSession();
  const { targetInfos } = await devtools.send("Target.getTargets");
  await devtools.detach();
  return targetInfos.some(({ url, title }) => url.startsWith("devtools://") && title.startsWith("DevTools - "));
}

/**
 * Types as a program does that is faster than any hand: a key each ten milliseconds by the browser's own clock of keys,
 * however busy the machine is.
 */
async function typeAsProgram(page: Page, text: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const from = Date.now() / 1000;
  await Promise.all(
    Array.from(text, (letter, place) => {
      const key = { key: letter, timestamp: from + place / 100 };
      return [
        devtools.send("Input.dispatchKeyEvent", { ...key, type: "keyDown", text: letter }),
        devtools.send("Input.dispatchKeyEvent", { ...key, type: "keyUp" }),
      ];
    }).flat(),
  );
  await devtools.detach();
}

/** Until the page's sensors have looked for so long (ms); their look comes each second. */
async function looked(page: Page, forMs = 1_500): Promise<void> {
  const from = await page.evaluate(() => performance.now());
  await page.waitForFunction((until) => performance.now() > until, from + forMs, { timeout: forMs + 10_000 });
}

const nothing: PageSensorHarness = { startedAt: 0, signals: [], moments: [], sensors: [] };

function harness(page: Page): Promise<PageSensorHarness> {
  return page.evaluate((none) => globalThis.pageSensorHarness ?? none, nothing);
}

async function begun(page: Page): Promise<readonly string[]> {
  return (await harness(page)).signals.flatMap(({ edge, kind }) =>
    edge === "begin" && kind !== "full-screen-left" ? [kind] : [],
  );
}

async function statesOf(page: Page, name: string): Promise<readonly string[]> {
  return (await harness(page)).sensors.flatMap(({ sensor, state }) => (sensor === name ? [state] : []));
}

async function expectMoment(page: Page, kind: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  await expect
    .poll(async () => (await harness(page)).moments)
    .toContainEqual({ kind, detail: expect.objectContaining(detail) });
}
