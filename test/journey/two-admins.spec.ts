import { expect, test } from "@playwright/test";
import { signInAs } from "./demo.ts";
import { examine } from "./examine.ts";

test("of two who change one member at once, the second is told, and sees what the first made of it", async ({
  browser,
}) => {
  const context = await signInAs(browser, "admin");
  const first = await context.newPage();
  await first.goto("/manage/members");
  await first.getByRole("button", { name: "Invite a member" }).click();
  await first.getByLabel("Name", { exact: true }).fill("Tamsin Roe");
  await first.getByLabel("Email address").fill("tamsin@meridian.example");
  await first.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(first.getByRole("row", { name: /Tamsin Roe/ })).toBeVisible();

  const second = await context.newPage();
  await second.goto("/manage/members");
  await second.getByRole("button", { name: "Change Tamsin Roe" }).click();
  const dialog = second.getByRole("dialog", { name: "Change Tamsin Roe" });
  await dialog.getByLabel("Author", { exact: true }).check();

  await first.getByRole("button", { name: "Change Tamsin Roe" }).click();
  await first.getByRole("dialog").getByLabel("Reviewer", { exact: true }).check();
  await first.getByRole("button", { name: "Save" }).click();
  await expect(first.getByRole("row", { name: /Tamsin Roe/ })).toContainText("Reviewer");

  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Somebody changed this meanwhile")).toBeVisible();
  await examine(second, "member-changed-meanwhile");
  await dialog.getByRole("button", { name: "Show what it is now" }).click();
  await expect(dialog.getByLabel("Reviewer", { exact: true })).toBeChecked();
  await expect(dialog.getByLabel("Author", { exact: true })).not.toBeChecked();
  await dialog.getByLabel("Author", { exact: true }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(second.getByRole("row", { name: /Tamsin Roe/ })).toContainText("Author, Reviewer");

  const coming = second.waitForEvent("download");
  await second.getByRole("button", { name: "Download as CSV" }).click();
  expect((await coming).suggestedFilename()).toBe("members.csv");
});
