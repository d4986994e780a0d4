import { expect, test } from "@playwright/test";
import { policyNamed } from "#domain/integrity/policy.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { startExam } from "./candidate.ts";
import { admit } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { shortExam } from "./short-exam.ts";
import { placeOf, schedule } from "./sitting.ts";

test("a candidate sees what the page notices, is told quietly of what was noted, and a warning asks to be read", async () => {
  test.setTimeout(240_000);
  const left = policyNamed("standard").rules["full-screen-left"]!;
  const exam = {
    ...shortExam,
    durationMs: 20 * 60_000,
    policy: "standard" as const,
    policyChanges: {
      rules: {
        "full-screen-left": { ...left, response: "warn" as const, windowMs: 1_000, evidence: [...left.evidence] },
      },
    },
  };
  const sitting = await schedule("Noticing", ["Grace Mbeki"], exam);
  const grace = placeOf(sitting, "Grace Mbeki");
  await withBrowser("one", async (browser) => {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    const context = await candidateContext(browser);
    const page = await startExam(context, grace.link, () => admit(console, grace.name));
    const button = page.getByRole("button", { name: /^What this page notices/ });

    await test.step("[A151] each sensor with its rules and its state, opened by the keyboard", async () => {
      await expect(button).toHaveAccessibleName("What this page notices: works");
      await button.focus();
      await page.keyboard.press("Enter");
      await expect(button).toHaveAttribute("aria-expanded", "true");
      const panel = page.getByRole("region", { name: "What this page notices" });
      await expect(panel.getByTestId("sensor-faces")).toContainText("The face is in the picture.");
      // Of a machine that cannot look at the pictures in time this is said instead, and it is as true.
      const works = /✓ Working|△ Looking less often, because this computer is busy\./;
      for (const sensor of ["page", "full-screen", "screen", "displays", "camera", "faces", "microphone", "input"]) {
        await expect(panel.getByTestId(`sensor-${sensor}`), sensor).toContainText(works);
      }
      // The policy does not ask for it, so that it does not run and is not named.
      await expect(panel.getByTestId("sensor-speech")).toHaveCount(0);
      await examineZoomed(page, "sit-noticing");
      await button.click();
      await expect(panel).toBeHidden();
    });

    await test.step("[A152] what was noted is said with how to mend it, and stays among the messages", async () => {
      await page.locator("[id^=prompt-]").evaluate((prompt) => document.getSelection()?.selectAllChildren(prompt));
      await page.keyboard.press("Control+C");
      const line = page.getByTestId("noticed");
      await expect(line).toContainText("Text was copied. Please do not copy from the exam.");
      await expect(page.locator("output[aria-live=polite]")).toContainText("Text was copied.");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await examine(page, "sit-noticed");
      await line.getByRole("button", { name: "All right" }).click();
      await expect(line).toBeHidden();
      await page.getByRole("button", { name: "Messages", exact: true }).click();
      await expect(page.getByText(/^Invigil, noted ·/)).toBeVisible();
      await page.getByRole("button", { name: "Messages", exact: true }).click();
    });

    await test.step("[A152] a warning of the policy says that the page noticed it, and waits until it was read", async () => {
      await page.evaluate(() => document.exitFullscreen());
      const dialog = page.getByRole("dialog", { name: "A word from Invigil" });
      await expect(dialog).toContainText("The exam was out of full screen. Please go back to full screen.");
      await expect(dialog).toContainText("Nobody has judged it.");
      await examine(page, "sit-warned-by-policy");
      await dialog.getByRole("button", { name: "I have read this" }).click();
      await expect(dialog).toBeHidden();
      const back = page.getByRole("button", { name: "Go back to full screen" });
      await back.click();
      await expect(back).toBeHidden();
    });
  });
});
