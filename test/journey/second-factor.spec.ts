import { expect, type Page, test } from "@playwright/test";
import { HOTP, Secret } from "otpauth";
import { candidateContext, withBrowser } from "./browser.ts";
import { demo, signInMember } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

function codeOf(key: string, stepsAway = 0): string {
  const counter = Math.floor(Date.now() / 30_000) + stepsAway;
  return HOTP.generate({ secret: Secret.fromBase32(key.replaceAll(/\s/g, "")), counter });
}

async function signInFirstStep(page: Page, member: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Your code" })).toBeVisible();
}

test("a member sets an authenticator app up, signs in with it and with a recovery code, and turns it off", async () => {
  await withBrowser("one", async (browser) => {
    // Somebody whom other journeys do not sign in.
    const own = demo().staff.findLast(({ roles }) => roles.includes("reviewer"));
    if (own === undefined) throw new Error("the demo has no reviewer");
    const here = await signInMember(browser, own);
    const page = await here.newPage();
    await page.goto("/manage/account");
    const app = page.getByRole("region", { name: "Authenticator app" });
    let key = "";
    let codes: readonly string[] = [];

    await test.step("sets it up with password and first code, and is shown recovery codes once", async () => {
      await app.getByRole("button", { name: "Set up an app" }).click();
      await app.getByRole("textbox", { name: "Your password" }).fill(own.password);
      await app.getByRole("button", { name: "Go on" }).click();
      await expect(app.getByAltText(/^QR code/)).toBeVisible();
      await app.scrollIntoViewIfNeeded();
      await examineZoomed(page, "account-app-set-up");
      key = (await app.getByText(/^(?:[A-Z2-7]{4} )+[A-Z2-7]{4}$/).textContent()) ?? "";
      await app.getByLabel("Code of the app").fill("000 000");
      await app.getByRole("button", { name: "Turn the app on" }).click();
      await expect(app.getByRole("alert")).toContainText("This code is not taken");
      await app.getByLabel("Code of the app").fill(codeOf(key));
      await app.getByRole("button", { name: "Turn the app on" }).click();
      await expect(app.getByText("you see them only now")).toBeVisible();
      codes = await app.getByRole("listitem").allTextContents();
      expect(codes).toHaveLength(10);
      await examineZoomed(page, "account-recovery-codes");
      await app.getByRole("button", { name: "I have kept them" }).click();
      await expect(app.getByText("10 of 10 recovery codes left.")).toBeVisible();
      await examine(page, "account-app-on");
    });

    await test.step("signs in elsewhere with the password and a code, and with a recovery code", async () => {
      const there = await candidateContext(browser);
      const other = await there.newPage();
      await signInFirstStep(other, own);
      await examineZoomed(other, "sign-in-code");
      await other.getByRole("textbox", { name: "Code" }).fill("123456 wrong");
      await other.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(other.getByRole("alert", { name: "This code is not taken" })).toBeVisible();
      // Each code is good once, and for one step of 30 s to either side: the next one, in whichever step it is looked at.
      await other.getByRole("textbox", { name: "Code" }).fill(codeOf(key, 1));
      await other.getByRole("button", { name: "Sign in", exact: true }).click();
      await other.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
      await there.clearCookies();
      await signInFirstStep(other, own);
      await other.getByRole("textbox", { name: "Code" }).fill(codes[0]!.toLowerCase());
      await other.getByRole("button", { name: "Sign in", exact: true }).click();
      await other.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
      await there.close();
    });

    await test.step("turns it off with both, and the password alone signs in again", async () => {
      await page.reload();
      await expect(app.getByText("9 of 10 recovery codes left.")).toBeVisible();
      await app.getByRole("button", { name: "Turn the app off…" }).click();
      const dialog = page.getByRole("dialog");
      await examine(page, "account-app-turn-off");
      await dialog.getByRole("textbox", { name: "Your password" }).fill(own.password);
      await dialog.getByRole("textbox", { name: "Code" }).fill(codes[1]!);
      await dialog.getByRole("button", { name: "Turn the app off" }).click();
      await expect(app.getByRole("button", { name: "Set up an app" })).toBeVisible();
      await (await signInMember(browser, own)).close();
    });
  });
});
