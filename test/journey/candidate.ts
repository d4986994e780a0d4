import { type BrowserContext, expect, type Page } from "@playwright/test";

/** Opens a guest link and agrees to what is collected. */
export async function consent(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("checkbox", { name: /I have read this/ }).check();
  const agree = page.getByRole("button", { name: "Agree and go on" });
  await agree.click();
  // It goes when the session has the consent: what others see of it is asked for elsewhere.
  await expect(agree).toBeHidden();
  return page;
}

/** Shares camera, microphone and screen and tries full screen. */
export async function passDeviceCheck(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Turn on camera and microphone" }).click();
  await page.getByRole("button", { name: "Share the entire screen" }).click();
  await page.getByRole("button", { name: "Try full screen" }).click();
  await page.getByRole("button", { name: "Go to the waiting room" }).click();
  await expect(page.getByRole("heading", { name: "You are in the waiting room" })).toBeVisible();
}

export async function openExam(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open the exam" }).click();
  await expect(page.getByRole("heading", { name: /^Question 1 of/ })).toBeVisible();
}

/** All the way from the link to the first question; `admit` is the proctor's part. */
export async function startExam(context: BrowserContext, link: string, admit: () => Promise<void>): Promise<Page> {
  const page = await consent(context, link);
  await passDeviceCheck(page);
  await admit();
  await openExam(page);
  return page;
}

/** What a browser forgets with the page: the camera, the microphone and the screen. */
export async function shareAgain(page: Page): Promise<void> {
  await page.getByRole("button", { name: /camera and microphone/i }).click();
  await page.getByRole("button", { name: /entire screen/i }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/**
 * What the candidate's clock says is left, and when it said so, both in milliseconds: read in one go, so that no time
 * passes between the two, however busy the machine is. `at` does not go by the page's `Date`, which a journey may turn.
 */
export async function clockSeen(page: Page): Promise<{ readonly leftMs: number; readonly at: number }> {
  const { text, at } = await page
    .getByTestId("clock")
    .first()
    .evaluate((clock) => ({ text: clock.textContent ?? "", at: performance.timeOrigin + performance.now() }));
  const parts = text
    .replace(/[^0-9:]/g, "")
    .split(":")
    .map(Number);
  return { leftMs: parts.reduce((sum, part) => sum * 60 + part, 0) * 1000, at };
}

/** What is left by the candidate's clock, in milliseconds. */
export async function timeLeft(page: Page): Promise<number> {
  return (await clockSeen(page)).leftMs;
}

/** The session has all of it. What only this computer has is said in words that begin alike. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByTestId("saving")).toHaveText("Saved");
}
