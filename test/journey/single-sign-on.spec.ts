import { createServer } from "node:http";
import { expect, type Page, test } from "@playwright/test";
import Provider from "oidc-provider";
import { freePort } from "#tools/start/ports.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { demo, signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

const secret = "between-the-two-of-us";

/** A real OpenID provider, whose accounts are addresses. Gives its issuer and the function that ends it. */
async function startProvider(): Promise<{ issuer: string; stop: () => Promise<void> }> {
  const issuer = `http://localhost:${await freePort()}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "invigil",
        client_secret: secret,
        redirect_uris: [`${demo().origin}/v1/sign-in/single-sign-on/callback`],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id, email_verified: true }) }),
  });
  const answer = provider.callback();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(Number(new URL(issuer).port), "localhost", resolve));
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** From the sign-in page to the provider, and in there as somebody. */
async function goTo(page: Page, issuer: string, institution: string, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use your institution's account" }).click();
  await page.getByRole("textbox", { name: "Your institution's short name" }).fill(institution);
  await page.getByRole("button", { name: "Go there" }).click();
  await page.waitForURL((url) => url.origin === issuer);
  await page.locator("input[name=login]").fill(email);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  // The provider's next page has such a button too: the first one must be gone, or it is pressed twice.
  await expect(page.locator("input[name=login]")).toHaveCount(0);
  await page.locator("button[type=submit]").click();
}

test("an administrator sets the institution's provider, and a member signs in by it, a stranger does not", async () => {
  test.setTimeout(240_000);
  const own = demo().staff.findLast(({ roles }) => roles.includes("reviewer"));
  if (own === undefined) throw new Error("the demo has no reviewer");
  const { issuer, stop } = await startProvider();
  try {
    await withBrowser("one", async (browser) => {
      const admin = await (await signInAs(browser, "admin")).newPage();
      await admin.goto("/manage/sign-in");
      await admin.getByRole("textbox", { name: "Issuer" }).fill("https://localhost:1");
      await admin.getByRole("textbox", { name: "Client ID" }).fill("invigil");
      await admin.getByRole("textbox", { name: "Client secret" }).fill(secret);
      await admin.getByRole("textbox", { name: "Domain of your e-mail addresses" }).fill("meridian.example");
      await admin.getByRole("button", { name: "Ask the provider and save" }).click();
      await expect(admin.getByText("No sign-in of an institution was found there")).toBeVisible();
      await admin.getByRole("textbox", { name: "Issuer" }).fill(issuer);
      await admin.getByRole("button", { name: "Ask the provider and save" }).click();
      await expect(admin.getByText("Your members choose")).toBeVisible();
      await examineZoomed(admin, "manage-sign-in");

      const context = await candidateContext(browser);
      const page = await context.newPage();
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Use your institution's account" }).click();
      await page.getByRole("textbox", { name: "Your institution's short name" }).fill("nowhere");
      await page.getByRole("button", { name: "Go there" }).click();
      await expect(page.getByText("No sign-in of an institution was found there")).toBeVisible();
      await examine(page, "sign-in-institution");
      await goTo(page, issuer, "meridian", own.email);
      await page.waitForURL((url) => url.pathname.startsWith("/manage"));
      await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
      await context.close();

      const other = await candidateContext(browser);
      const stranger = await other.newPage();
      await goTo(stranger, issuer, "meridian", "stranger@meridian.example");
      await expect(stranger.getByText("This account belongs to no member here")).toBeVisible();
      await examine(stranger, "sign-in-no-member");
      await other.close();

      await admin.getByRole("button", { name: "Turn it off…" }).click();
      await admin.getByRole("dialog").getByRole("button", { name: "Turn it off" }).click();
      await expect(admin.getByText("Make a client for it at your provider")).toBeVisible();
    });
  } finally {
    await stop();
  }
});
