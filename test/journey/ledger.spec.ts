import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { tileOf } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { shortExam } from "./short-exam.ts";
import { schedule } from "./sitting.ts";
import { sitBySocket, tell } from "./socket-candidates.ts";

const name = "Elena Petrova";

function rowsOf(page: Page) {
  return page.getByRole("row").filter({ hasText: name });
}

test("an attempt costs a credit when it begins, and an administrator refunds it when the power fails", async ({
  browser,
}) => {
  const sitting = await schedule("A sitting that the power ends", [name], shortExam);
  const candidate = await (await browser.newContext({ baseURL: new URL(sitting.places[0]!.link).origin })).newPage();
  const { attemptId } = sitting.places[0]!;
  await sitBySocket(candidate, sitting.places);
  const watch = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
  await watch.getByRole("button", { name: "Admit all waiting" }).click();
  await watch.getByRole("dialog").getByRole("button", { name: "Admit all" }).click();
  await expect(tileOf(watch, name)).toContainText("Admitted");
  const page = await (await signInAs(browser, "admin")).newPage();

  await test.step("before it begins the place is only promised", async () => {
    await page.goto("/manage");
    await page.getByRole("link", { name: "Ledger" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Ledger" })).toBeVisible();
    await expect(page.getByText(/\d+ places? taken, not begun yet\./)).toBeVisible();
    await expect(page.getByRole("img", { name: /^The balance, from [\d.]+ to [\d.]+ credits\./ })).toBeVisible();
    await expect(rowsOf(page)).toHaveCount(0);
  });

  await test.step("when the paper opens it is debited, and can be refunded when it is over", async () => {
    await tell(candidate, attemptId, [{ type: "openPaper" }]);
    // What is looked at for long is there at once where it is there: a slow machine needs more than a second to draw it.
    await expect(async () => {
      await page.reload();
      await expect(rowsOf(page)).toContainText("An attempt began", { timeout: 5_000 });
    }).toPass();
    await expect(page.getByRole("button", { name: `Refund ${name} …` })).toHaveCount(0);
    await tell(candidate, attemptId, [{ type: "handIn" }]);
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("button", { name: `Refund ${name} …` })).toBeVisible({ timeout: 5_000 });
    }).toPass();
    await examineZoomed(page, "ledger");
  });

  await test.step("a refund asks what went wrong, by keyboard too, and is done once", async () => {
    await page.getByRole("button", { name: `Refund ${name} …` }).press("Enter");
    const dialog = page.getByRole("dialog", { name: `Refund the attempt of ${name}?` });
    await dialog.getByRole("button", { name: "Refund" }).click();
    await expect(dialog.getByText("Choose what went wrong.")).toBeVisible();
    await dialog.getByRole("radio", { name: "The power failed" }).check();
    await examine(page, "ledger-refund");
    await dialog.getByRole("button", { name: "Refund" }).click();
    await expect(dialog).toBeHidden();
    await expect(rowsOf(page)).toHaveCount(2);
    await expect(rowsOf(page).first()).toContainText(/Refund.*The power failed.*\+1/);
    await expect(page.getByRole("button", { name: `Refund ${name} …` })).toHaveCount(0);
  });

  await test.step("filters narrow it, and an empty answer says what to do", async () => {
    await page
      .getByRole("button", { name: `Only the attempt of ${name}` })
      .first()
      .click();
    await expect(page.getByRole("row")).toHaveCount(3);
    await page.getByRole("combobox", { name: "What", exact: true }).click();
    await page.getByRole("option", { name: "Correction" }).click();
    await expect(page.getByRole("heading", { name: "No entry is like that" })).toBeVisible();
    await examine(page, "ledger-empty");
    await page.getByRole("button", { name: "Show everything" }).click();
    await page.getByRole("combobox", { name: "What", exact: true }).click();
    await page.getByRole("option", { name: "Credits given" }).click();
    await expect(page.getByText("Reference demo")).toBeVisible();
  });

  await test.step("the export has every entry, without a name", async () => {
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export everything" }).click();
    const text = await readFile(await (await coming).path(), "utf8");
    expect(text).toMatch(/^\uFEFFnumber,at,kind,.*\r\n1,[^,]+,credit,issued,balance,500000,500000,500000,/);
    expect(text).toContain(`debit:${attemptId}`);
    expect(text).not.toContain(name);
  });
});
