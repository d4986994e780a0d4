import { expect, test } from "@playwright/test";
import { signInAs } from "./demo.ts";
import { examine } from "./examine.ts";

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
