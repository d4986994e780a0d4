import { expect, test } from "@playwright/test";
import { signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { schedule } from "./sitting.ts";

test("an administrator adds a candidate, who is sent the link, and sees that it was", async ({ browser }) => {
  const page = await (await signInAs(browser, "admin")).newPage();

  await test.step("the link is sent to who has an address", async () => {
    const { sittingId } = await schedule("Mailed", ["Milo Mole"]);
    await page.goto(`/manage/sittings/${sittingId}`);
    await page.getByRole("button", { name: /Add candidates/ }).click();
    const text = "\uFEFFName;Email;Region\r\nNewton;newton@people.example;weur\r\n";
    const file = { name: "candidates.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await expect(page.getByRole("cell", { name: "Western Europe" })).toBeVisible();
    await expect(page.getByRole("checkbox", { name: "Send each their link by email" })).toBeChecked();
    await examineZoomed(page, "mail-asked");
    await page.getByRole("button", { name: "Add 1 candidate and issue links" }).click();
    await expect(page.getByText(/you see it only now/)).toBeVisible();
  });

  await test.step("a link that is issued again is sent too", async () => {
    await page.getByRole("button", { name: "Copy all" }).click();
    await expect(page.getByText("✓ Copied or downloaded")).toBeVisible();
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await page.getByRole("button", { name: "New link … for Newton" }).click();
    await expect(page.getByRole("checkbox", { name: "Send it to newton@people.example" })).toBeChecked();
    await examine(page, "mail-new-link");
    await page.getByRole("button", { name: "Issue a new link" }).click();
    await expect(page.getByText(/you see it only now/)).toBeVisible();
  });

  await test.step("a member is sent the way in", async () => {
    const other = await page.context().newPage();
    await other.goto("/manage/members");
    await other.getByRole("button", { name: "Invite a member" }).click();
    await other.getByRole("textbox", { name: "Name", exact: true }).fill("Mara Post");
    await other.getByRole("textbox", { name: "Email address" }).fill("mara.post@meridian.example");
    await expect(other.getByRole("checkbox", { name: "Send them the link by email" })).toBeChecked();
    await examine(other, "mail-invite");
    await other.getByRole("button", { name: "Invite", exact: true }).click();
    await expect(other.getByText(/The way in for Mara Post/)).toBeVisible();
    await other.close();
  });

  await test.step("[M8] the language of what is sent is a setting of the institution", async () => {
    const other = await page.context().newPage();
    await other.goto("/manage/institution");
    const language = other.getByRole("combobox", { name: "Language" });
    await expect(language).toHaveValue("en");
    await expect(other.getByRole("region", { name: "Where your data is kept" })).toContainText(
      "that institutions share",
    );
    await language.selectOption("Deutsch");
    await examineZoomed(other, "institution");
    // The button does not work while it saves either: only the word says that it has.
    const said = other.locator("output[aria-live=polite]");
    await other.getByRole("button", { name: "Save" }).click();
    await expect(said).toContainText("Saved.");
    await expect(other.getByRole("button", { name: "Save" })).toBeDisabled();
    await other.reload();
    await expect(language).toHaveValue("de");
    await language.selectOption("English");
    await other.getByRole("button", { name: "Save" }).click();
    await expect(said).toContainText("Saved.");
    await expect(other.getByRole("button", { name: "Save" })).toBeDisabled();
    await other.close();
  });

  await test.step("[M4] what was sent is listed", async () => {
    const list = await page.context().newPage();
    await list.goto("/manage/mail");
    await expect(list.getByRole("row", { name: /mara\.post@meridian\.example/ })).toContainText("way in");
    const rows = list.getByRole("row", { name: /newton@people\.example/ });
    await expect(rows).toHaveCount(2);
    const row = rows.first();
    await expect(row).toContainText("Sent");
    await examineZoomed(list, "mail");
    await list.getByText("Could not be sent", { exact: true }).click();
    await expect(list.getByRole("heading", { name: "Everything could be sent" })).toBeVisible();
    await examine(list, "mail-failed");
  });
});
