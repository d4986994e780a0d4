import { expect, test } from "@playwright/test";
import type { ExamDraft } from "#protocol/http/exam.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent } from "./candidate.ts";
import { examine } from "./examine.ts";
import { shortExam } from "./short-exam.ts";
import { placeOf, schedule } from "./sitting.ts";

const exam: ExamDraft = {
  ...shortExam,
  title: "Photographs First",
  durationMs: 600_000,
  policyChanges: { identity: ["face", "document", "room"] },
};

test("a candidate shows who they are before the exam, and the proctor compares", async () => {
  test.setTimeout(180_000);
  const sitting = await schedule("Identity", ["Ida Photo"], exam);
  const ida = placeOf(sitting, "Ida Photo");
  await withBrowser("one", async (browser) => {
    const context = await candidateContext(browser);
    const page = await consent(context, ida.link);
    await page.getByRole("button", { name: "Turn on camera and microphone" }).click();
    await page.getByRole("button", { name: "Share the entire screen" }).click();
    await page.getByRole("button", { name: "Try full screen" }).click();
    await page.getByRole("button", { name: "Go to the photographs" }).click();

    await test.step("the face, by itself when it is good", async () => {
      await expect(page.getByRole("heading", { name: "A photograph of your face" })).toBeFocused();
      await expect(page.getByText("This looks good.")).toBeVisible({ timeout: 30_000 });
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
      await page.getByRole("button", { name: "That is all" }).click();
      await page.getByRole("button", { name: "Use this recording" }).click();
    });

    await expect(page.getByRole("heading", { name: "You are in the waiting room" })).toBeVisible();
  });
});
