import { chromium, expect, type Locator, type Page, test } from "@playwright/test";
import { chromiumPath } from "#tools/check/chromium.ts";
import { candidateContext, flagsFor } from "./browser.ts";
import { consent } from "./candidate.ts";
import { placeOf, schedule } from "./sitting.ts";

test("who refuses the camera, or shares a window, is told what to do and may try again", async () => {
  const sitting = await schedule("Refusals", ["Refusing Mbeki", "Window Mbeki"]);

  await test.step("the camera is refused", async () => {
    await using browser = await launch("--use-fake-ui-for-media-stream=deny");
    const page = await consent(await candidateContext(browser), placeOf(sitting, "Refusing Mbeki").link);
    await page.getByRole("button", { name: "Turn on camera and microphone" }).click();
    await expect(adviceOn(page)).toContainText("The camera or the microphone was not allowed");
    await expect(adviceOn(page)).toContainText("allow the camera and the microphone for this site");
    await expect(page.getByRole("button", { name: "Go to the waiting room" })).toBeDisabled();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(adviceOn(page)).toContainText("The camera or the microphone was not allowed");
    await page.getByRole("button", { name: "Share the entire screen" }).click();
    await expect(page.getByText("The screen was not shared")).toBeVisible();
    await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(2);
  });

  await test.step("a window is shared instead of the screen, and then the screen", async () => {
    await using browser = await launch("--use-fake-device-for-media-stream=display-media-type=window");
    const context = await candidateContext(browser);
    await context.addInitScript(chooseOtherwiseOnce);
    const page = await consent(context, placeOf(sitting, "Window Mbeki").link);
    await page.getByRole("button", { name: "Turn on camera and microphone" }).click();
    await page.getByRole("button", { name: "Share the entire screen" }).click();
    await expect(adviceOn(page)).toContainText("That was a window or a tab, not the entire screen");
    await expect(adviceOn(page)).toContainText("Nothing of it was sent");
    await page.getByRole("button", { name: "Try full screen" }).click();
    await expect(page.getByRole("button", { name: "Go to the waiting room" })).toBeDisabled();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByLabel("Your screen as it is shared")).toBeVisible();
    await expect(adviceOn(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Go to the waiting room" })).toBeEnabled();
  });
});

/** A person who at first picks something else than the page asks for. A fake picker would always obey. */
function chooseOtherwiseOnce(): void {
  const share = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  let times = 0;
  navigator.mediaDevices.getDisplayMedia = (wish) => share(times++ === 0 ? { video: true } : wish);
}

/** What a page advises about a device; the page's announcer is an alert too, and empty. */
function adviceOn(page: Page): Locator {
  return page.getByRole("alert").filter({ hasText: /\S/ }).first();
}

function launch(flag: string) {
  return chromium.launch({ executablePath: chromiumPath(), args: flagsFor("one", [flag]) });
}
