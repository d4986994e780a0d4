import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { issuedLinksSchema } from "#protocol/http/registration.ts";
import { signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { shortExam } from "./short-exam.ts";
import { asAdmin, schedule } from "./sitting.ts";

const name = "Ines Duarte";
const family = "family@people.example";

/** The page reads anew when somebody comes back to its window, and tries that three times before it gives up. */
async function comeBackWithoutNetwork(page: Page): Promise<void> {
  let failed = 0;
  await page.route("**/v1/retention", (route) => {
    failed += 1;
    return route.abort();
  });
  // Nothing is read anew that was read in the last five seconds.
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    expect(failed).toBeGreaterThanOrEqual(3);
  }).toPass();
  await page.unroute("**/v1/retention");
}

test("an administrator sets how long things are kept, sees what goes next, holds and hands out one person's data", async ({
  browser,
}) => {
  const scheduled = await schedule("A sitting of long ago", [name], shortExam);
  const path = `/v1/sittings/${scheduled.sittingId}/registrations`;
  const both = { candidates: ["Rita Duarte", "Nuno Duarte"].map((each) => ({ name: each, email: family })) };
  await (await asAdmin()).request("POST", path, both, issuedLinksSchema);
  const page = await (await signInAs(browser, "admin")).newPage();

  await test.step("periods have a floor, which is said", async () => {
    await page.goto("/manage");
    await page.getByRole("link", { name: "Retention" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Retention" })).toBeVisible();
    await expect(page.getByRole("table", { name: "Due by class" })).toBeVisible();
    await examineZoomed(page, "retention");
    const days = page.getByRole("textbox", { name: "Identity pictures: days" });
    await days.fill("0");
    await expect(page.getByText("At least 1 day.")).toBeVisible();
    await days.fill("60");
    await comeBackWithoutNetwork(page);
    await expect(days).toHaveValue("60");
    await page.getByRole("button", { name: "Save" }).click();
    // The button does not work while it saves either: only the words say that it has.
    await expect(page.locator("output[aria-live=polite]")).toContainText("The periods are set.");
    await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
    await page.reload();
    await expect(days).toHaveValue("60");
  });

  await test.step("a person is found, held, and not erased while the hold stands", async () => {
    await page.getByRole("textbox", { name: "Name or e-mail" }).fill("ines d");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("button", { name: `Hold the data of ${name}` }).click();
    await page.getByRole("textbox", { name: "Why" }).fill("A court asked for it");
    await examine(page, "retention-hold");
    await page.getByRole("button", { name: "Place the hold" }).click();
    await expect(page.getByRole("row").filter({ hasText: "A court asked for it" })).toContainText(name);
    await page.getByRole("button", { name: `Erase the data of ${name}` }).click();
    await page.getByRole("textbox", { name: /^Type/ }).fill(name);
    await examine(page, "retention-erase");
    await page.getByRole("button", { name: "Erase for good" }).click();
    await expect(page.getByRole("dialog").getByText(/not possible/)).toBeVisible();
    await page.getByRole("button", { name: "Keep it" }).click();
  });

  await test.step("what is held on them is a file", async () => {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: `Download the data of ${name}` }).click();
    const files = unzipSync(await readFile(await (await coming).path()));
    expect(JSON.parse(strFromU8(files["person.json"]!))).toMatchObject({ name });
    expect(strFromU8(files["README.txt"]!)).toContain(name);
    const held = page.getByRole("row").filter({ hasText: "A court asked for it" });
    await held.getByRole("button", { name: "Release" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Release" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("two names at one address are shown as what they are, and erased by the address alone", async () => {
    await page.getByRole("textbox", { name: "Name or e-mail" }).fill("family@");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("button", { name: "Erase the data of Rita Duarte, Nuno Duarte" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("list", { name: "What is erased" }).getByRole("listitem")).toHaveText([
      /^Rita Duarte: /,
      /^Nuno Duarte: /,
    ]);
    const typed = dialog.getByRole("textbox", { name: /^Type/ });
    await typed.fill("Rita Duarte");
    await expect(dialog.getByRole("button", { name: "Erase for good" })).toBeDisabled();
    await typed.fill(family);
    await examine(page, "retention-erase-family");
    await dialog.getByRole("button", { name: "Erase for good" }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step("who was erased gets no new link and nothing arranged", async () => {
    await page.goto(`/manage/sittings/${scheduled.sittingId}`);
    // The results below have rows of the same name.
    const candidates = page.getByRole("table").filter({ hasText: "Arranged" });
    const erased = candidates.getByRole("row").filter({ hasText: "Erased person" });
    await expect(erased).toHaveCount(2);
    await expect(page.getByRole("button", { name: `New link … for ${name}` })).toBeVisible();
    await expect(erased.getByRole("button", { name: /New link|Arrange/ })).toHaveCount(0);
    await examine(page, "retention-erased-row");
  });
});
