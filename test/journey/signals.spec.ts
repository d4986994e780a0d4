import { expect, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { startExam } from "./candidate.ts";
import { admit, tileOf } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { placeOf, schedule } from "./sitting.ts";

test("what the page notices is on the proctor's screen in plain words, and a proctor may end the exam", async () => {
  const sitting = await schedule("Signals", ["Mallory Two"]);
  const mallory = placeOf(sitting, "Mallory Two");
  await withBrowser("two", async (browser) => {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    const context = await candidateContext(browser);
    await context.addInitScript(keepScreenTrack);
    const page = await startExam(context, mallory.link, () => admit(console, mallory.name));
    const panel = console.getByRole("region", { name: mallory.name, exact: true });

    await test.step("two faces in the picture", async () => {
      await expect(panel.getByText(/2 faces were in the picture for \d+ seconds\./).first()).toBeVisible();
      await expect(tileOf(console, mallory.name)).toContainText("high");
    });

    await test.step("another window has the focus, for real", async () => {
      const devtools = await context.newCDPSession(page);
      await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: false });
      const other = await context.newPage();
      await other.bringToFront();
      await expect(panel.getByText(/Another window had the focus for \d+ seconds?\./).first()).toBeVisible();
      await other.close();
      await page.bringToFront();
      await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    });

    await test.step("text is copied: how much, never what", async () => {
      await page.locator("[id^=prompt-]").evaluate((prompt) => document.getSelection()?.selectAllChildren(prompt));
      await page.keyboard.press("Control+C");
      await expect(panel.getByText(/Text was copied from the exam \(\d+ characters\)\./).first()).toBeVisible();
    });

    await test.step("full screen is left", async () => {
      await page.evaluate(() => document.exitFullscreen());
      await expect(panel.getByText(/The exam was out of full screen for \d+ seconds\./).first()).toBeVisible();
    });

    await test.step("the screen is no longer shared", async () => {
      await page.evaluate(() => window.sharedScreen?.stop());
      await expect(panel.getByText(/The screen was not shared for \d+ seconds\./).first()).toBeVisible();
    });

    await test.step("a proctor ends the exam: asked for the cause, with nothing chosen beforehand, by keyboard too", async () => {
      await panel.getByRole("button", { name: "End the exam…" }).press("Enter");
      const dialog = console.getByRole("dialog", { name: `End this exam: ${mallory.name}` });
      const causes = dialog.getByRole("radiogroup", { name: "What is the cause?" });
      await expect(causes.getByRole("radio").first()).toBeFocused();
      await expect(causes.getByRole("radio", { checked: true })).toHaveCount(0);
      await dialog.getByRole("textbox").fill("Your screen could not be shared again.");
      await expect(dialog.getByRole("button", { name: "End the exam" })).toBeDisabled();
      await causes.getByRole("radio").first().focus();
      await console.keyboard.press("ArrowDown");
      await expect(causes.getByRole("radio", { name: "A technical failure" })).toBeChecked();
      await examineZoomed(console, "end-of-an-exam");
      await dialog.getByRole("button", { name: "End the exam" }).press("Enter");
      await expect(dialog).toBeHidden();
      await expect(panel.getByText("Ended by a proctor")).toBeVisible();
    });

    await test.step("the candidate reads why, kindly, and can answer no more", async () => {
      await expect(
        page.getByRole("heading", { name: "Your exam was ended because of a technical failure" }),
      ).toBeVisible();
      await expect(
        page.getByText("“Your screen could not be shared again.” This says nothing against you."),
      ).toBeVisible();
      await expect(page.getByRole("radio")).toHaveCount(0);
      await examine(page, "ended-for-a-technical-failure");
    });

    await test.step("an administrator sees in the ledger that it was paid back, and whose end did it", async () => {
      const admin = await (await signInAs(browser, "admin")).newPage();
      const refund = admin.getByRole("row").filter({ hasText: "Lin Wei ended the exam for a technical failure" });
      await expect(async () => {
        await admin.goto(`/manage/ledger?attempt=${mallory.attemptId}`);
        await expect(refund).toContainText("+1", { timeout: 5_000 });
      }).toPass();
      await examineZoomed(admin, "ledger-technical-end");
      await refund.getByRole("link", { name: `See the audit of the attempt of ${mallory.name}` }).click();
      const entry = (what: string) => admin.getByRole("row").filter({ hasText: what }).filter({ hasText: "Lin Wei" });
      await expect(entry("Was ended by staff")).toContainText("cause technical");
      await expect(entry("Refunded an attempt")).toContainText("+1 credits");
    });
  });
});

/** Keeps the track that the page shares, so that the journey can end it as the browser's own bar would. */
function keepScreenTrack(): void {
  const devices = navigator.mediaDevices;
  const share = devices.getDisplayMedia.bind(devices);
  devices.getDisplayMedia = async (options) => {
    const stream = await share(options);
    window.sharedScreen = stream.getVideoTracks()[0];
    return stream;
  };
}

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- the browser's own type is added to
  interface Window {
    sharedScreen?: MediaStreamTrack | undefined;
  }
}
