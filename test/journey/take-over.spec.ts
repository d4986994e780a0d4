import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { brand, type ItemId, type SectionId } from "#domain/exam/ids.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { expectSaved, shareAgain, startExam } from "./candidate.ts";
import { admit, expectMovingPicture, tileOf } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { examine } from "./examine.ts";
import { question } from "./short-exam.ts";
import { placeOf, schedule } from "./sitting.ts";

/** Long enough for a journey, with something to choose and something to type. */
function examWhere(takeOver: "candidate" | "proctor"): ExamDraft {
  return {
    title: "Two Computers Test",
    instructions: "Two questions, half an hour.",
    durationMs: 30 * 60_000,
    policy: "standard",
    takeOver,
    sections: [
      {
        id: brand<SectionId>("only"),
        title: "Both questions",
        items: [
          question("first", "Which of these is an even number?", "Three", "Four"),
          {
            kind: "short-text",
            id: brand<ItemId>("second"),
            prompt: "What is the capital of France?",
            points: 2,
            category: null,
            key: { accepted: ["Paris"], caseSensitive: false },
          },
        ],
      },
    ],
  };
}

type Begun = { readonly context: BrowserContext; readonly page: Page; readonly console: Page; readonly link: string };

async function begin(browser: Browser, takeOver: "candidate" | "proctor", name: string): Promise<Begun> {
  const sitting = await schedule(`Take-over, ${takeOver}`, [name], examWhere(takeOver));
  const { link } = placeOf(sitting, name);
  const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
  const context = await candidateContext(browser);
  const page = await startExam(context, link, () => admit(console, name));
  return { context, page, console, link };
}

/** The devices of the computer that the exam came to. */
async function passFreshCheck(page: Page): Promise<void> {
  await expect(page.getByText(/Your exam goes on here as soon as three things are checked/)).toBeVisible();
  await page.getByRole("button", { name: "Turn on camera and microphone" }).click();
  await page.getByRole("button", { name: "Share the entire screen" }).click();
  // The computer that takes its exam back is in full screen still.
  const tryFullScreen = page.getByRole("button", { name: "Try full screen" });
  if (await tryFullScreen.isVisible()) await tryFullScreen.click();
  await page.getByRole("button", { name: "Go on with the exam" }).click();
  await expect(page.getByRole("heading", { name: /^Question/ })).toBeVisible();
}

test("a second tab can only read, until its candidate takes the exam over; the first tab is told", async () => {
  const name = "Tab Lindqvist";
  await withBrowser("one", async (browser) => {
    const { context, page, console } = await begin(browser, "proctor", name);
    await page.getByRole("radio", { name: "Four" }).check();
    await expectSaved(page);
    const second = await context.newPage();

    await test.step("the second tab shows the paper and the answers, and takes none", async () => {
      await second.goto(page.url());
      await expect(second.getByTestId("reading")).toContainText("This exam is being written in another tab or window.");
      await expect(second.getByRole("radio", { name: "Four" })).toBeChecked();
      await expect(second.getByRole("radio", { name: "Three" })).toBeDisabled();
      await expect(second.getByRole("button", { name: /Hand in/ })).toHaveCount(0);
      await examine(second, "sit-reading");
    });

    await test.step("it follows what is written, and looks where it likes", async () => {
      await page.getByRole("radio", { name: "Three" }).check();
      await expect(second.getByRole("radio", { name: "Three" })).toBeChecked();
      await second.getByRole("button", { name: "Next" }).click();
      await expect(second.getByText("What is the capital of France?")).toBeVisible();
      await expect(page.getByText("Which of these is an even number?")).toBeVisible();
    });

    await test.step("it asks once, and then it writes and the first tab reads", async () => {
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByRole("textbox", { name: /capital of France/ }).fill("Par");
      await second.getByRole("button", { name: "Write here instead" }).click();
      await expect(second.getByRole("dialog")).toContainText("can only read from then on");
      await examine(second, "sit-write-here");
      await second.getByRole("button", { name: "Write here", exact: true }).click();
      await expect(page.getByTestId("reading")).toContainText("You went on in another tab or window at");
      await expect(page.getByRole("textbox", { name: /capital of France/ })).toBeDisabled();
      await shareAgain(second);
      await examine(page, "sit-told");
      await second.bringToFront();
      await second.getByRole("button", { name: "Question 2", exact: false }).first().click();
      await expect(second.getByRole("textbox", { name: /capital of France/ })).toHaveValue("Par");
      await second.getByRole("textbox", { name: /capital of France/ }).fill("Paris");
      await expectSaved(second);
      await expect(page.getByRole("textbox", { name: /capital of France/ })).toHaveValue("Paris");
    });

    await test.step("the proctor sees it happen, and sees the candidate through the tab that writes", async () => {
      const panel = console.getByRole("region", { name, exact: true });
      await expect(panel.getByText("Went on in another tab or window of the same browser.")).toBeVisible();
      await expectMovingPicture(panel.locator("video").first());
    });

    await test.step("a reload of the tab that writes writes on, and a duplicate of it reads", async () => {
      await second.reload();
      await shareAgain(second);
      await expect(second.getByRole("textbox", { name: /capital of France/ })).toBeEnabled();
      const opened = context.waitForEvent("page");
      await second.evaluate(() => window.open(window.location.href));
      const duplicate = await opened;
      await expect(duplicate.getByTestId("reading")).toBeVisible();
      await duplicate.close();
    });

    await test.step("the first tab takes it back", async () => {
      await page.bringToFront();
      await page.getByRole("button", { name: "Write here again" }).click();
      await page.getByRole("button", { name: "Write here", exact: true }).click();
      await shareAgain(page);
      await expect(second.getByTestId("reading")).toBeVisible();
      await page.getByRole("textbox", { name: /capital of France/ }).fill("Paris, France");
      await expectSaved(page);
      await expect(second.getByRole("textbox", { name: /capital of France/ })).toHaveValue("Paris, France");
    });
  });
});

test("another computer with the same link goes on when the proctor allows it, after a fresh check", async () => {
  const name = "Laptop Mbeki";
  await withBrowser("one", async (browser) => {
    const { page, console, link } = await begin(browser, "proctor", name);
    await page.getByRole("radio", { name: "Four" }).check();
    await expectSaved(page);
    const laptop = await (await candidateContext(browser)).newPage();

    await test.step("the other computer asks, and the proctor is shown that it does", async () => {
      await laptop.goto(link);
      await expect(laptop.getByRole("heading", { name: "Your exam is open on another computer" })).toBeVisible();
      await examine(laptop, "sit-door-ask");
      await laptop.getByRole("button", { name: "Ask the proctor to let you go on here" }).click();
      await expect(laptop.getByText(/The proctor was asked at/)).toBeVisible();
      await examine(laptop, "sit-door-asked");
      await expect(tileOf(console, name)).toContainText("Other computer");
      await examine(console, "console-other-computer");
    });

    await test.step("allowed, it checks its devices and goes on with every answer; the first one is told", async () => {
      const panel = console.getByRole("region", { name, exact: true });
      await panel.getByRole("button", { name: "Let it go on there" }).click();
      await expect(page.getByRole("heading", { name: /Your exam was continued on another computer at/ })).toBeVisible();
      await expect(page.getByText(/If that was not you, tell your proctor now/)).toBeVisible();
      await expect(page.getByRole("radio")).toHaveCount(0);
      await examine(page, "sit-moved");
      await expect(tileOf(console, name)).toContainText("Checking the new computer");
      await expect(laptop.getByRole("button", { name: "Go on with the exam" })).toBeVisible();
      await examine(laptop, "sit-fresh-check");
      await passFreshCheck(laptop);
      await expect(laptop.getByRole("radio", { name: "Four" })).toBeChecked();
      await laptop.getByRole("radio", { name: "Three" }).check();
      await expectSaved(laptop);
      await expectMovingPicture(panel.locator("video").first());
      await expect(panel.getByText(/let the exam go on in the browser that asked/)).toBeVisible();
    });

    await test.step("the first one asks for it back, and reads the reason for which it is refused", async () => {
      await page.getByRole("button", { name: "Ask the proctor to let you go on here" }).click();
      const panel = console.getByRole("region", { name, exact: true });
      await expect(panel.getByText(/the computer that had this exam before asks to go on/)).toBeVisible();
      await panel.getByRole("button", { name: "Refuse…" }).click();
      await panel.getByRole("textbox", { name: /Why not/ }).fill("Stay on the laptop.");
      await panel.getByRole("button", { name: "Refuse", exact: true }).click();
      await expect(page.getByText("Stay on the laptop.")).toBeVisible();
      await examine(page, "sit-door-refused");
    });
  });
});

test("where the exam leaves it to the candidate, the other computer takes over, and the first one can take it back", async () => {
  const name = "Alone Tanaka";
  await withBrowser("one", async (browser) => {
    const { page, console, link } = await begin(browser, "candidate", name);
    await page.getByRole("radio", { name: "Four" }).check();
    await expectSaved(page);
    const laptop = await (await candidateContext(browser)).newPage();
    await laptop.goto(link);
    await expect(laptop.getByText("Go on here?", { exact: false })).toBeVisible();
    await examine(laptop, "sit-door-take-over");
    await laptop.getByRole("button", { name: "Go on here" }).click();
    await expect(page.getByRole("heading", { name: /Your exam was continued on another computer at/ })).toBeVisible();
    await passFreshCheck(laptop);
    await expect(laptop.getByRole("radio", { name: "Four" })).toBeChecked();
    const panel = console.getByRole("region", { name, exact: true });
    await expect(
      panel.getByText("Went on in another browser or on another computer, with the same link."),
    ).toBeVisible();
    await page.getByRole("button", { name: "Go on here" }).click();
    await expect(laptop.getByRole("heading", { name: /Your exam was continued on another computer at/ })).toBeVisible();
    await passFreshCheck(page);
    await expect(page.getByRole("radio", { name: "Four" })).toBeChecked();
  });
});
