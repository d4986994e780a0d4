import { expect, type Locator, type Page } from "@playwright/test";

/** A candidate's tile in the grid. */
export function tileOf(console: Page, name: string): Locator {
  return console.locator("button[data-attempt]").filter({ hasText: name });
}

/** Opens a candidate's panel. */
async function open(console: Page, name: string): Promise<Locator> {
  await tileOf(console, name).click();
  const panel = console.getByRole("region", { name, exact: true });
  await expect(panel).toBeVisible();
  return panel;
}

export async function admit(console: Page, name: string): Promise<void> {
  const panel = await open(console, name);
  await panel.getByRole("button", { name: "Admit", exact: true }).click();
  await expect(panel.getByText("Admitted", { exact: true })).toBeVisible();
}

/** Fills the form of an intervention and submits it. */
export async function intervene(
  console: Page,
  panel: Locator,
  button: string,
  text: string,
  submit: string,
): Promise<void> {
  await panel.getByRole("button", { name: button }).click();
  const form = console.getByRole("dialog");
  await form.getByRole("textbox").last().fill(text);
  await form.getByRole("button", { name: submit, exact: true }).click();
  await expect(form).toBeHidden();
}

/** Resolves when the picture moves on and is not black: frames are decoded and their pixels are bright somewhere. */
export async function expectMovingPicture(video: Locator): Promise<void> {
  await expect(video).toHaveAttribute("data-live", "true");
  await expectPlaying(video);
}

/** The same of a picture that is played back. */
export async function expectPlaying(video: Locator): Promise<void> {
  const first = await frames(video);
  await expect.poll(() => frames(video)).toBeGreaterThan(first + 3);
  const brightness = await video.evaluate((element: HTMLVideoElement) => {
    const canvas = new OffscreenCanvas(16, 12);
    const context = canvas.getContext("2d");
    if (context === null) return 0;
    context.drawImage(element, 0, 0, 16, 12);
    return Math.max(...context.getImageData(0, 0, 16, 12).data.filter((_value, index) => index % 4 !== 3));
  });
  expect(brightness).toBeGreaterThan(60);
}

function frames(video: Locator): Promise<number> {
  return video.evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames);
}
