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
    await page.getByRole("textbox", { name: "Candidates" }).fill("Newton, newton@people.example");
    await expect(page.getByRole("checkbox", { name: "Send each their link by email" })).toBeChecked();
    await examine(page, "mail-asked");
    await page.getByRole("button", { name: "Add 1 candidate and issue links" }).click();
    await expect(page.getByText(/you see it only now/)).toBeVisible();
  });

  await test.step("[M4] what was sent is listed", async () => {
    const list = await page.context().newPage();
    await list.goto("/manage/mail");
    const row = list.getByRole("row", { name: /newton@people\.example/ });
    await expect(row).toContainText("Sent", { timeout: 20_000 });
    await examineZoomed(list, "mail");
    await list.getByText("Could not be sent", { exact: true }).click();
    await expect(list.getByRole("heading", { name: "Everything could be sent" })).toBeVisible();
    await examine(list, "mail-failed");
  });
});
