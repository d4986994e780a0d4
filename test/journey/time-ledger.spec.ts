import { expect, type Page, test } from "@playwright/test";
import { demo } from "./demo.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent, passDeviceCheck, timeLeft } from "./candidate.ts";
import { admit, intervene } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { violationsIn } from "./examine.ts";
import { placeOf, schedule } from "./sitting.ts";
import { timedExam } from "./timed-exam.ts";

const minute = 60_000;

test("time is a sum that both sides can read: arranged, added, taken back, and stopped by a break", async () => {
  const scheduled = await schedule("Ledger", ["Tamar Okafor"], timedExam);
  const { link, name } = placeOf(scheduled, "Tamar Okafor");
  await withBrowser("one", async (browser) => {
    await test.step("an admin arranges a quarter more time and no need of full screen", async () => {
      const admin = await signInAs(browser, "admin");
      const page = await admin.newPage();
      await page.goto(`${demo().origin}/manage/sittings/${scheduled.sittingId}`);
      await page.getByRole("button", { name: `Arrange … for ${name}` }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel("More time in per cent").fill("25");
      await form.getByLabel("May leave full screen").check();
      await expect(form.getByRole("button", { name: "Save" })).toBeDisabled();
      await form.getByLabel("Reason").fill("Dyslexia");
      await look(page, "arrange");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("25 % more time; may leave full screen")).toBeVisible();
      await look(page, "arranged");
      await admin.close();
    });

    const staff = await signInAs(browser, "proctor");
    const console = await openConsole(staff, scheduled.examSessionId);
    const context = await candidateContext(browser);
    const page = await consent(context, link);
    await passDeviceCheck(page);
    await admit(console, name);
    const panel = console.getByRole("region", { name, exact: true });

    await test.step("the candidate reads what there is before the clock runs, and the sum when it does", async () => {
      await expect(page.getByText("12 minutes 30 seconds")).toBeVisible();
      await look(page, "admitted");
      await page.getByRole("button", { name: "Open the exam" }).click();
      await expect(page.getByRole("heading", { name: "Question 1 of 3" })).toBeVisible();
      expect(await timeLeft(page)).toBeGreaterThan(12 * minute);
      await page.getByRole("button", { name: "Your time …" }).click();
      const ledger = page.getByRole("dialog").getByTestId("ledger");
      await expect(ledger.getByRole("row").nth(1)).toContainText("10:00");
      await expect(ledger.getByRole("row").nth(2)).toContainText("+ 2:30");
      await expect(ledger.getByRole("row").nth(2)).toContainText("Dyslexia");
      await look(page, "ledger");
      await page.getByRole("button", { name: "Close" }).click();
    });

    await test.step("time that was added by a slip is taken back, with a reason, and the candidate is told both", async () => {
      const before = await timeLeft(page);
      await intervene(console, panel, "Add time…", "The network failed", "Add the time");
      await expect(page.getByTestId("time-notice")).toContainText("You have 5 minutes more");
      await expect.poll(() => timeLeft(page)).toBeGreaterThan(before + 4 * minute);
      await page.getByRole("button", { name: "All right" }).click();
      await panel.getByText("of 3 answered").click();
      await look(console, "console-ledger");
      await panel.getByRole("button", { name: "Take back …" }).click();
      await console.getByRole("dialog").getByRole("textbox").fill("It was for another candidate");
      await console.getByRole("button", { name: "Take the time back" }).click();
      await expect(page.getByTestId("time-notice")).toContainText("5 minutes were taken back");
      await expect(page.getByTestId("time-notice")).toContainText("It was for another candidate");
      await look(page, "taken-back");
      await page.getByRole("button", { name: "All right" }).click();
      await expect.poll(() => timeLeft(page)).toBeLessThan(before + 1_000);
    });

    await test.step("what was acknowledged can be taken along at any time, signed", async () => {
      await page.getByRole("radio").nth(1).check();
      const receipt = page.getByRole("link", { name: "Download your latest receipt" });
      const file = decodeURIComponent((await receipt.getAttribute("href")) ?? "");
      expect(file).toMatch(/^data:text\/plain;charset=utf-8,invigil\.local\/\S+\n\d+\n/);
      await look(page, "receipt");
    });

    await test.step("a break stops the clock and hides the paper, and ends when the candidate wants", async () => {
      const [began, before] = [Date.now(), await timeLeft(page)];
      await page.getByRole("button", { name: "Break …" }).click();
      await look(page, "take-break");
      await page.getByRole("button", { name: "Take the break now" }).click();
      await expect(page.getByTestId("break")).toContainText("You are on a break");
      await expect(page.getByRole("radio")).toHaveCount(0);
      await expect(panel.getByText("On a break", { exact: false }).first()).toBeVisible();
      await look(page, "break");
      // Five seconds of it, or more where the look above took long.
      await expect(page.getByTestId("break").getByRole("timer")).toHaveText(/^(1:5[0-5]|1:[0-4]\d|0:\d\d)$/);
      await page.getByRole("button", { name: "End the break now" }).click();
      await expect(page.getByRole("radio").first()).toBeVisible();
      // The break lasted five seconds or more, and its clock shows whole ones; on a slow machine the rest takes long.
      const lost = before - (await timeLeft(page));
      expect(Date.now() - began - lost).toBeGreaterThan(3_900);
      await expect(page.getByRole("button", { name: "Break …" })).toHaveCount(0);
    });

    await test.step("a section with its own time is opened on purpose", async () => {
      await page.getByRole("button", { name: /^Open\sAgainst the clock\s…$/ }).click();
      await look(page, "open-section");
      await page.getByRole("button", { name: "Open it now" }).click();
      await page.getByRole("button", { name: /^Question 3/ }).click();
      await expect(page.getByRole("heading", { name: "Question 3 of 3" })).toBeVisible();
      // Three minutes, longer by a quarter as the exam is.
      await expect(page.getByRole("timer", { name: "Time left for Against the clock" })).toHaveText(/^3:[34]\d$/);
      await look(page, "section");
      await page.getByRole("button", { name: "Hand in …", exact: true }).click();
      await expect(page.getByRole("dialog")).toContainText("You answered 1 of 3 questions.");
      await page.getByRole("button", { name: "Hand in now" }).click();
      await expect(page.getByRole("heading", { name: "Your exam is handed in" })).toBeVisible();
    });
  });
});

/** No axe violation, in a picture that is kept with the results. */
async function look(page: Page, picture: string): Promise<void> {
  await page.screenshot({ path: `test-results/time-ledger/${picture}.png` });
  const { violations } = await violationsIn(page);
  expect(violations.map(({ id, nodes }) => `${picture}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
}
