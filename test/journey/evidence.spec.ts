import { type Browser, expect, type Page, test } from "@playwright/test";
import type { SensorName } from "#domain/integrity/sensor.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import { recordOf } from "./attempt-record.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent, openExam } from "./candidate.ts";
import { tileOf } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { examine } from "./examine.ts";
import { shortExam } from "./short-exam.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";

type Changes = NonNullable<ExamDraft["policyChanges"]>;
type Rule = NonNullable<NonNullable<Changes["rules"]>["copied"]>;

/** What a journey can do at will is what its rule asks for pictures of. */
const copied: Rule = {
  windowMs: 0,
  coolDownMs: 0,
  severity: "medium",
  response: "log",
  evidence: ["camera", "screen"],
  tellsCandidate: false,
};

function examWith(title: string, changes: Changes): ExamDraft {
  return { ...shortExam, title, durationMs: 600_000, policyChanges: changes };
}

test("photographs before the exam are compared, and a violation's pictures are seen in the review", async () => {
  test.setTimeout(240_000);
  const exam = examWith("Photographs First", { identity: ["face", "document", "room"], rules: { copied } });
  const sitting = await schedule("Identity", ["Ida Photo"], exam);
  const ida = placeOf(sitting, "Ida Photo");
  await withBrowser("one", async (browser) => {
    const page = await atThePhotographs(browser, ida.link);

    await test.step("the face, by itself when it is good", async () => {
      await expect(page.getByRole("heading", { name: "A photograph of your face" })).toBeFocused();
      await expect(page.getByText("This looks good.")).toBeVisible();
      await examine(page, "identity-face");
      await page.getByRole("button", { name: "Take it when it is good" }).click();
      await expect(page.getByText("It was taken, and the page finds nothing wanting in it.")).toBeFocused();
      await examine(page, "identity-face-taken");
      await page.getByRole("button", { name: "Use this photograph" }).click();
    });

    await test.step("the document, at once and as it is", async () => {
      await expect(page.getByRole("heading", { name: "A photograph of your identity document" })).toBeFocused();
      await page.getByRole("button", { name: "Take it now, as it is" }).click();
      await page.getByRole("button", { name: "Use this photograph" }).click();
    });

    await test.step("the room", async () => {
      await expect(page.getByRole("heading", { name: "A short recording of your room" })).toBeFocused();
      await page.getByRole("button", { name: "Begin the recording" }).click();
      await expect(page.getByText("Now slowly to the right.")).toBeVisible();
      await examine(page, "identity-room");
      // It ends by itself.
      await expect(page.getByText(/^It was taken/)).toBeFocused();
      await page.getByRole("button", { name: "Use this recording" }).click();
    });
    await expect(page.getByRole("heading", { name: "You are in the waiting room" })).toBeVisible();

    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    await tileOf(console, ida.name).click();
    const panel = console.getByRole("region", { name: ida.name, exact: true });
    await test.step("the proctor compares, and asks once more for the face", async () => {
      const photographs = panel.getByRole("region", { name: `Who ${ida.name} is` });
      await expect(photographs.getByText("The hash matches the log.")).toHaveCount(3);
      await expect(photographs.getByRole("img", { name: /^Face of Ida Photo/ })).toBeVisible();
      await expect(photographs.getByLabel(`Camera of ${ida.name}`)).toHaveAttribute("data-live", "true");
      await examine(console, "identity-check");
      await photographs.getByRole("button", { name: "Ask again for a photograph of the face" }).click();
      await photographs.getByRole("textbox").fill("Please take the helmet off.");
      await photographs.getByRole("button", { name: "Send", exact: true }).click();
    });

    await test.step("the candidate takes it again and is let in", async () => {
      await expect(page.getByText("Please take the helmet off.")).toBeVisible();
      await page.getByRole("button", { name: "Take it now, as it is" }).click();
      await page.getByRole("button", { name: "Use this photograph" }).click();
      await expect(page.getByRole("heading", { name: "You are in the waiting room" })).toBeVisible();
      await panel.getByRole("button", { name: "Admit", exact: true }).click();
      await openExam(page);
    });

    await test.step("a violation's pictures are in the log, and before the proctor", async () => {
      await copySomething(page, ida.attemptId);
      await expect.poll(() => stillsOf(ida.attemptId)).toEqual(["camera", "screen"]);
      const latest = panel.getByRole("region", { name: /^Pictures of the latest violation/ });
      await expect(latest.getByText("The hash matches the log.")).toHaveCount(2);
      await latest.scrollIntoViewIfNeeded();
      await examine(console, "latest-violation");
    });

    await test.step("the reviewer sees rule, pictures and the seconds around it", async () => {
      // A segment of each track reaches the store meanwhile.
      await expect.poll(() => recordedTracksOf(ida.attemptId)).toEqual(["camera", "screen"]);
      const review = await (await signInAs(browser, "reviewer")).newPage();
      await review.goto(`/review/${ida.attemptId}`);
      const entry = review.getByRole("article", { name: /Text copied/ });
      await expect(entry.getByText("Nothing is copied.")).toBeVisible();
      await expect(entry.getByText("The hash matches the log.")).toHaveCount(2);
      await expect(entry.getByRole("img", { name: /^Screen at / })).toBeVisible();
      await entry.scrollIntoViewIfNeeded();
      await examine(review, "violation-evidence");
      await entry.getByRole("button", { name: /^Watch these 1\d seconds/ }).click();
      await expect(review.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
      const before = review.getByRole("region", { name: "Before the exam" });
      await expect(before.getByText("The hash matches the log.")).toHaveCount(4);
      await before.scrollIntoViewIfNeeded();
      await examine(review, "identity-review");
    });
  });
});

test("who cannot take photographs asks the proctor, and what hands in has its picture all the same", async () => {
  const handsIn: Rule = { ...copied, response: "hand-in", evidence: ["screen"] };
  const exam = examWith("The Human Way", { identity: ["face", "document"], rules: { copied: handsIn } });
  const sitting = await schedule("The human way", ["Hugo Human"], exam);
  const hugo = placeOf(sitting, "Hugo Human");
  await withBrowser("none", async (browser) => {
    const page = await atThePhotographs(browser, hugo.link);
    await expect(page.getByText("The page finds no face yet.")).toBeVisible();
    await page.getByRole("button", { name: /^Ask the proctor to check instead/ }).click();
    await examine(page, "identity-human-way");
    await page.getByRole("button", { name: "I cannot aim a camera." }).click();
    await page.getByRole("button", { name: "Ask the proctor to check", exact: true }).click();
    await expect(page.getByRole("heading", { name: "You are in the waiting room" })).toBeVisible();

    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    await tileOf(console, hugo.name).click();
    const panel = console.getByRole("region", { name: hugo.name, exact: true });
    await expect(panel.getByText("You compare face in the live picture: I cannot aim a camera.")).toBeVisible();
    await panel.getByRole("button", { name: "Admit", exact: true }).click();
    await openExam(page);

    await copySomething(page, hugo.attemptId);
    await expect.poll(() => statusOf(hugo.attemptId)).toBe("handed-in");
    await expect.poll(() => stillsOf(hugo.attemptId)).toEqual(["screen"]);
  });
});

/** From the link to the first photograph. */
async function atThePhotographs(browser: Browser, link: string): Promise<Page> {
  const page = await consent(await candidateContext(browser), link);
  await page.getByRole("button", { name: "Turn on camera and microphone" }).click();
  await page.getByRole("button", { name: "Share the entire screen" }).click();
  await page.getByRole("button", { name: "Try full screen" }).click();
  await page.getByRole("button", { name: "Go to the photographs" }).click();
  return page;
}

/** Once, and seen: the page begins to watch a moment after the exam has opened, and on a busy machine a longer one. */
async function copySomething(page: Page, attemptId: string): Promise<void> {
  await expect.poll(() => isWatched(attemptId, "input")).toBe(true);
  await page.locator("[id^=prompt-]").evaluate((prompt) => document.getSelection()?.selectAllChildren(prompt));
  await page.keyboard.press("Control+C");
}

async function eventsOf(attemptId: string) {
  return (await recordOf(await asAdmin(), attemptId)).events;
}

/** The pictures of violations that the log names. */
async function stillsOf(attemptId: string): Promise<readonly string[]> {
  const events = await eventsOf(attemptId);
  return events.flatMap(({ fact }) => (fact.type === "stillStored" ? [fact.still.source] : [])).toSorted();
}

async function recordedTracksOf(attemptId: string): Promise<readonly string[]> {
  const tracks = (await eventsOf(attemptId)).flatMap(({ fact }) =>
    fact.type === "segmentStored" ? [fact.segment.track] : [],
  );
  return [...new Set(tracks)].toSorted();
}

/** Whether the page has told that this sensor works. */
async function isWatched(attemptId: string, sensor: SensorName): Promise<boolean> {
  const events = await eventsOf(attemptId);
  return events.some(
    ({ fact }) => fact.type === "sensorReported" && fact.sensor === sensor && fact.state === "working",
  );
}

async function statusOf(attemptId: string): Promise<string> {
  return (await recordOf(await asAdmin(), attemptId)).status;
}
