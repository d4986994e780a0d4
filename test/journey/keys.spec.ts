import { expect, test } from "@playwright/test";
import { demo, signInMember } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

test("an administrator makes a key for a program, sees what it did, and revokes it", async ({
  browser,
  playwright,
}) => {
  // An institution of its own, in which no other journey makes a key.
  const [freya] = demo().neighbours;
  if (freya === undefined) throw new Error("the demo has no neighbour");
  const context = await signInMember(browser, freya);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const program = await playwright.request.newContext({ baseURL: demo().origin });

  await test.step("there is none, and the page says what one is for", async () => {
    await page.goto("/manage");
    await page.getByRole("link", { name: "Keys" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Keys" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "There is no key yet" })).toBeVisible();
    await examine(page, "keys-empty");
  });

  await test.step("it is asked what it may do, by keyboard too", async () => {
    await page.getByRole("button", { name: "Make a key…" }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await expect(dialog.getByText("Choose at least one.")).toBeVisible();
    await dialog.getByLabel("What it is for").fill("Timetable");
    await dialog.getByLabel("See sittings: their times, rooms and candidates").press("Space");
    await examineZoomed(page, "keys-new");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await expect(page.getByText("The key “Timetable”: you see it only now")).toBeVisible();
    await examine(page, "keys-issued");
  });

  const token = await test.step("it is shown once, and can be copied", async () => {
    await page.getByRole("button", { name: "Copy" }).click();
    await expect(page.locator("output[aria-live=polite]")).toContainText("Copied.");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^ivk_/);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await expect(page.getByText(copied)).toHaveCount(0);
    return copied;
  });
  const headers = { authorization: `Bearer ${token}` };

  await test.step("its program may do that, and nothing else", async () => {
    expect((await program.get("/v1/sittings", { headers })).status()).toBe(200);
    expect((await program.get("/v1/exams", { headers })).status()).toBe(403);
  });

  await test.step("its use is seen, and what it did is in the audit under the member's name", async () => {
    await page.reload();
    await expect(page.getByRole("row", { name: /Timetable/ })).not.toContainText("Never");
    await examineZoomed(page, "keys");
    await page.getByRole("link", { name: /What it did/ }).click();
    await expect(page.getByRole("cell", { name: /^A key of / })).toBeVisible();
    await page.goBack();
  });

  await test.step("revoked, it opens nothing", async () => {
    await page.getByRole("button", { name: "Revoke the key Timetable" }).click();
    await examine(page, "keys-revoke");
    await page.getByRole("dialog").getByRole("button", { name: "Revoke it" }).click();
    await expect(page.getByRole("row", { name: /Timetable/ })).toContainText("Revoked");
    expect((await program.get("/v1/sittings", { headers })).status()).toBe(401);
  });
});
