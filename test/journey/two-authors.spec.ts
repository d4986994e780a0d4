import { expect, test } from "@playwright/test";
import { signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

test("of two who write one exam at once, the second is told before anything is replaced", async ({ browser }) => {
  const context = await signInAs(browser, "author");
  const first = await context.newPage();
  await first.goto("/manage/exams");
  await first.getByRole("button", { name: /(new|begin|create).*exam/i }).click();
  const title = first.getByLabel("Title", { exact: true });
  await title.fill("Of the first");
  await first.getByRole("button", { name: "Save draft" }).click();
  await expect(first.getByText("Everything is saved")).toBeVisible();

  const second = await context.newPage();
  await second.goto(first.url());
  await second.getByLabel("Title", { exact: true }).fill("Of the second");
  await title.fill("Of the first, again");
  await first.getByRole("button", { name: "Save draft" }).click();
  await expect(first.getByText("Everything is saved")).toBeVisible();

  await second.getByRole("button", { name: "Save draft" }).click();
  await expect(second.getByText("Somebody else saved this exam meanwhile")).toBeVisible();
  await examine(second, "exam-saved-by-others");
  await second.getByRole("button", { name: "Load theirs" }).click();
  await expect(second.getByLabel("Title", { exact: true })).toHaveValue("Of the first, again");

  await second.getByLabel("Title", { exact: true }).fill("Of the second, who has seen it");
  await second.getByRole("button", { name: "Save draft" }).click();
  await expect(second.getByText("Everything is saved")).toBeVisible();
  await title.fill("Of the first, at last");
  await first.getByRole("button", { name: "Save draft" }).click();
  await first.getByRole("button", { name: "Save mine over theirs" }).click();
  await expect(first.getByText("Everything is saved")).toBeVisible();
});

test("questions of a file are added to a draft, and each that is not taken is told", async ({ browser }) => {
  const context = await signInAs(browser, "author");
  const page = await context.newPage();
  await page.goto("/manage/exams");
  await page.getByRole("button", { name: /(new|begin|create).*exam/i }).click();
  await page.getByLabel("Title", { exact: true }).fill("Of a file");
  await expect(page.getByRole("button", { name: "Add questions from a file" })).toBeDisabled();
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByRole("button", { name: "Add questions from a file" }).click();
  await examineZoomed(page, "questions-file");
  const rows = [
    "prompt;kind;points;key;option_1;option_2",
    "Which?;single-choice;1;2;A;B",
    "Which else?;single-choice;1;3;A;B",
    "How much?;number;2,5;1;;",
    ...Array.from({ length: 203 }, (_, at) => `Question ${at};number;1;${at};;`),
  ].join("\r\n");
  await page.locator('input[type="file"]').setInputFiles({
    name: "questions.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`\uFEFF${rows}\r\n`),
  });
  await expect(page.getByText("206 rows, of which 2 rows cannot be taken and will be left out.")).toBeVisible();
  await examineZoomed(page, "questions-file-read");
  await page.getByRole("button", { name: "Add 204 questions" }).click();
  await expect(page.getByText("200 questions were added to the draft. 6 rows were not taken.").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Question 202/ })).toContainText("this one is full");
  await examine(page, "questions-file-done");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByText("Everything is saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit question 200" })).toBeVisible();
  await page.getByLabel("Title", { exact: true }).fill("Of a file, and mine");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Everything is saved")).toBeVisible();
});
