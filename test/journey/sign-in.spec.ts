import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { withBrowser } from "./browser.ts";
import { demo, openConsole, signInMember } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

/** What ten minutes do: the access token is gone, and nothing else. */
async function tokenEnds(context: BrowserContext): Promise<void> {
  const staffCookies = async () => (await context.cookies()).filter(({ name }) => name === "invigil_staff");
  expect(await staffCookies()).toHaveLength(1);
  await context.clearCookies({ name: "invigil_staff" });
  expect(await staffCookies()).toEqual([]);
}

async function placesOf(page: Page): Promise<number> {
  await expect(page.getByRole("heading", { name: "Where you are signed in" })).toBeVisible();
  return page.getByRole("listitem").filter({ hasText: "Last used" }).count();
}

test("a proctor stays signed in without noticing, sees where, and ends it there and everywhere", async () => {
  await withBrowser("one", async (browser) => {
    // Somebody whom other journeys do not sign in: signing out everywhere would end what they do.
    const own = demo().staff.findLast(({ roles }) => roles.includes("proctor"));
    if (own === undefined) throw new Error("the demo has no proctor");
    const here = await signInMember(browser, own);
    const there = await signInMember(browser, own);

    await test.step("a token that ends is renewed while the page stands", async () => {
      const page = await here.newPage();
      await page.goto("/manage/account");
      expect(await placesOf(page)).toBeGreaterThanOrEqual(2);
      await tokenEnds(here);
      await page.reload();
      expect(await placesOf(page)).toBeGreaterThanOrEqual(2);
      await expect(page.getByText("· here")).toHaveCount(1);
      await examineZoomed(page, "account");
      await page.close();
    });

    await test.step("signing out there closes the live console that is open there", async () => {
      const console = await openConsole(there);
      await expect(console.getByRole("heading", { level: 1 }).first()).toBeAttached();
      await expect(console.getByText(/^Loading|^Connecting/)).toHaveCount(0);
      const page = await here.newPage();
      await page.goto("/manage/account");
      const before = await placesOf(page);
      // The latest use first, and it is not this one.
      await page
        .getByRole("button", { name: /^Sign out there/ })
        .first()
        .click();
      await expect(page.getByRole("listitem").filter({ hasText: "Last used" })).toHaveCount(before - 1);
      await expect(console.getByRole("button", { name: "Sign in" })).toBeVisible({ timeout: 45_000 });
      await page.close();
    });

    await test.step("signing out everywhere is asked about, and signs this page out too", async () => {
      const page = await here.newPage();
      await page.goto("/manage/account");
      await page.getByRole("button", { name: "Sign out everywhere…" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await examine(page, "account-sign-out-everywhere");
      await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
      await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
      await page.goto(`/proctor/${demo().examSessionId}`);
      await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    });
  });
});
