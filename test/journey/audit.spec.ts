import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { answer } from "#tools/verify/verify.ts";
import { laptop } from "./browser.ts";
import { demo, signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("an administrator finds who did what, exports the log, and verifies it without the server", async ({
  browser,
}, info) => {
  const context = await signInAs(browser, "admin");
  const page = await context.newPage();

  await test.step("what was done is listed, newest first, and the signature is verified", async () => {
    await page.goto("/manage");
    await page.getByRole("link", { name: "Audit" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
    await expect(page.getByRole("row").nth(1)).toContainText("Signed in");
    await expect(page.getByText("Scheduled a sitting").first()).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: /^Verified up to entry \d+ at/ })).toBeVisible();
    await examineZoomed(page, "audit");
    await page.setViewportSize({ width: laptop.width / 2, height: laptop.height / 2 });
    const widthOf = async (name: string) =>
      (await page.getByRole("columnheader", { name, exact: true }).boundingBox())!.width;
    for (const other of ["When", "Who", "On what", "From"]) {
      expect(await widthOf("What"), `What, beside ${other}, at 200 %`).toBeGreaterThan(await widthOf(other));
    }
    await page.setViewportSize(laptop);
  });

  await test.step("filters narrow it, by keyboard too, and an empty answer says what to do", async () => {
    await choose(page, "What", "Published a version of an exam");
    // Other journeys may publish exams at the same time.
    await expect(page.getByRole("row").nth(1)).toContainText("Published a version of an exam");
    await expect(page.getByRole("row").filter({ hasText: "Scheduled a sitting" })).toHaveCount(0);
    await expect(page.getByRole("row").nth(1)).toContainText("version 1");
    await choose(page, "Who", "The system");
    await expect(page.getByRole("heading", { name: "No entry is like that" })).toBeVisible();
    await examine(page, "audit-empty");
    const everything = page.getByRole("button", { name: "Show everything" });
    await everything.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Added candidates").first()).toBeVisible();
    await page
      .getByRole("button", { name: /^Only Sitting / })
      .first()
      .click();
    await expect(page).toHaveURL(/on=/);
    await expect(page.getByRole("row").filter({ hasText: "Signed in" })).toHaveCount(0);
    await page.getByRole("button", { name: "Show everything" }).click();
  });

  await test.step("a colleague without the right is denied, which is an entry", async () => {
    const proctor = await signInAs(browser, "proctor");
    expect((await proctor.request.get(`${demo().origin}/v1/audit`)).status()).toBe(403);
    await page.getByRole("button", { name: "Look for new entries" }).click();
    await choose(page, "What", "Was refused access");
    await expect(page.getByText("route /v1/audit", { exact: false }).first()).toBeVisible();
    await page.getByRole("button", { name: "Show everything" }).click();
  });

  await test.step("the export verifies with files alone, and a changed one does not", async () => {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export everything" }).click();
    const folder = info.outputPath("log");
    await (await coming).saveAs(join(folder, "audit.ndjson"));
    await writeFile(
      join(folder, "jwks.json"),
      await (await context.request.get(`${demo().origin}/.well-known/jwks.json`)).text(),
    );
    expect(await answer(["log", folder], folder)).toMatchObject({
      code: 0,
      line: expect.stringMatching(/^The log fits: .* every one is here, unchanged and in order\.$/),
    });
    const text = await readFile(join(folder, "audit.ndjson"), "utf8");
    await writeFile(join(folder, "audit.ndjson"), text.replace("sitting-scheduled", "sitting-Scheduled"));
    expect(await answer(["log", folder], folder)).toMatchObject({
      code: 1,
      line: expect.stringMatching(/entry \d+ was changed/),
    });
  });
});
