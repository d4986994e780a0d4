import { expect, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { clockSeen, consent, expectSaved, passDeviceCheck, startExam, timeLeft } from "./candidate.ts";
import { admit, expectMovingPicture, expectPlaying, intervene, tileOf } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { picture } from "./picture.ts";
import { placeOf, schedule } from "./sitting.ts";

test("a candidate sits the exam from link to receipt while a proctor watches and steps in", async () => {
  const sitting = await schedule("Main job", [
    "Ada Lindqvist",
    "Grace Mbeki",
    "Mateo Silva",
    "Yuki Tanaka",
    "Priya Raman",
    "Jonas Weber",
  ]);
  const ada = placeOf(sitting, "Ada Lindqvist");
  await withBrowser("one", async (browser) => {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    await expect(tileOf(console, "Grace Mbeki")).toContainText("Not here yet");
    const context = await candidateContext(browser);
    const page = await startExam(context, ada.link, () => admit(console, ada.name));
    const panel = console.getByRole("region", { name: ada.name, exact: true });

    await test.step("the proctor sees the moving picture, the screen, and hears on demand", async () => {
      await expectMovingPicture(panel.locator("video[aria-label^=Camera]"));
      await expectMovingPicture(panel.locator("video[aria-label^=Screen]"));
      await expectMovingPicture(tileOf(console, ada.name).locator("video"));
      await panel.getByRole("button", { name: "Listen" }).click();
      await expect(panel.getByText("You hear the candidate's microphone.")).toBeVisible();
    });

    await test.step("answers are shown as saved, and a flag and the position with them", async () => {
      await page.getByRole("radio").nth(1).check();
      await expectSaved(page);
      await page.getByRole("button", { name: "Flag for later" }).click();
      await page.getByRole("button", { name: "Next", exact: false }).first().click();
      await expect(page.getByRole("heading", { name: /^Question 2 of/ })).toBeVisible();
    });

    await test.step("a warning is read, and the proctor sees that it was", async () => {
      await intervene(console, panel, "Warn…", "Please stay in the exam window.", "Send the warning");
      const dialog = page.getByRole("dialog");
      await expect(dialog).toContainText("Please stay in the exam window.");
      await dialog.getByRole("button", { name: "I have read this" }).click();
      await expect(panel.getByText("Read the warning.")).toBeVisible();
    });

    await test.step("messages go both ways", async () => {
      await panel.getByLabel("Message to the candidate").fill("Can you hear the room?");
      await panel.getByRole("button", { name: "Send" }).click();
      await page.getByRole("button", { name: /^Messages/ }).click();
      await expect(page.getByText("Can you hear the room?").last()).toBeVisible();
      await page
        .getByLabel(/message/i)
        .last()
        .fill("It is quiet here.");
      await page.getByRole("button", { name: "Send", exact: false }).last().click();
      await expect(panel.getByText("It is quiet here.").first()).toBeVisible();
    });

    await test.step("added time is on the candidate's clock", async () => {
      const before = await timeLeft(page);
      await intervene(console, panel, "Add time…", "Noise in the room", "Add the time");
      await expect.poll(() => timeLeft(page), { timeout: 3_000 }).toBeGreaterThan(before + 4 * 60_000);
      await expect(page.getByText(/Noise in the room/).first()).toBeVisible();
    });

    await test.step("a pause hides the paper and stops the clock; the paused time is given back", async () => {
      await intervene(console, panel, "Pause…", "One moment please.", "Pause");
      await expect(page.getByText("One moment please.").first()).toBeVisible();
      await expect(page.getByRole("radio")).toHaveCount(0);
      const paused = await timeLeft(page);
      await page.waitForTimeout(2_500);
      expect(await timeLeft(page)).toBe(paused);
      const resumedAt = Date.now();
      await panel.getByRole("button", { name: "Resume" }).click();
      await expect(page.getByRole("heading", { name: /^Question 2 of/ })).toBeVisible();
      // No more is gone than has passed since, but for the second that the clock shows as a whole.
      const { leftMs, at } = await clockSeen(page);
      expect(leftMs).toBeGreaterThan(paused - (at - resumedAt) - 2_000);
    });

    await test.step("another candidate waits meanwhile, and is seen waiting", async () => {
      const grace = placeOf(sitting, "Grace Mbeki");
      const other = await consent(await candidateContext(browser), grace.link);
      await passDeviceCheck(other);
      await expect(tileOf(console, grace.name)).toContainText("Waiting to be let in");
      await expectMovingPicture(tileOf(console, grace.name).locator("video"));
      await console.bringToFront();
      await picture(console, "console");
      await other.close();
    });
    await page.getByRole("button", { name: /^Messages/ }).click();
    await picture(page, "candidate");

    await test.step("a reload restores answers, flags, position and time", async () => {
      const before = await clockSeen(page);
      await page.reload();
      await expect(page.getByRole("heading", { name: /^Question 2 of/ })).toBeVisible();
      const after = await clockSeen(page);
      expect(Math.abs(after.leftMs - (before.leftMs - (after.at - before.at)))).toBeLessThan(2_000);
      await page.getByRole("button", { name: /camera and microphone/i }).click();
      await page.getByRole("button", { name: /entire screen/i }).click();
      await expect(page.getByRole("dialog")).toBeHidden();
      await page.getByRole("button", { name: /^Question 1\b/ }).click();
      await expect(page.getByRole("radio").nth(1)).toBeChecked();
    });

    await test.step("handing in shows what is unanswered, and ends with a receipt", async () => {
      await page
        .getByRole("button", { name: /^Hand in/ })
        .first()
        .click();
      const dialog = page.getByRole("dialog");
      await expect(dialog).toContainText("Not answered (16)");
      await dialog.getByRole("button", { name: "Hand in now" }).click();
      await expect(page.getByTestId("receipt")).toContainText("invigil.local/");
      await expect(panel.getByText("Handed in by the candidate.")).toBeVisible();
    });

    await test.step("every piece of the recording reaches the server before the page may be closed", async () => {
      await expect(page.getByText("Your recording is complete.", { exact: false })).toBeVisible();
    });

    await test.step("the reviewer plays camera and screen back, and an event leads to its moment", async () => {
      const review = await (await signInAs(browser, "reviewer")).newPage();
      await review.goto(`/review/${ada.attemptId}`);
      const pictures = review.getByRole("region", { name: "Recording" });
      await pictures.getByRole("button", { name: "Play" }).click();
      await expect(pictures.locator("video")).toHaveCount(2);
      for (const video of await pictures.locator("video").all()) await expectPlaying(video);
      const slider = pictures.getByRole("slider");
      const timeline = review.getByRole("region", { name: "Timeline" });
      await timeline.getByRole("button", { name: /Please stay in the exam window/ }).click();
      const atWarning = Number(await slider.inputValue());
      await timeline.getByRole("button", { name: /Opened the exam/ }).click();
      await expect.poll(async () => Number(await slider.inputValue())).toBeLessThan(atWarning);
      await expectPlaying(pictures.locator("video").first());
      await picture(review, "review");
    });
  });
});
