import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { signInMember } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { type Account, openInstitution } from "./own-institution.ts";

/** A device of this page that makes passkeys, and knows who holds it. */
async function giveDevice(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return devtools;
}

async function addPasskey(page: Page, password: string): Promise<void> {
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await passkeys.getByRole("textbox", { name: "Your password" }).fill(password);
  await passkeys.getByRole("textbox", { name: "Name" }).fill("The harbour's laptop");
  await passkeys.getByRole("button", { name: "Ask this device" }).click();
  await expect(passkeys.getByRole("listitem")).toContainText("The harbour's laptop");
}

test("an administrator demands a second factor of everybody, and a member with a password alone sets one up", async () => {
  test.setTimeout(240_000);
  await withBrowser("one", async (browser) => {
    const admin = await openInstitution(`harbour-${Date.now()}`);
    const context = await signInMember(browser, admin);
    const page = await context.newPage();
    await giveDevice(page);
    const colleague: Account = { email: admin.email.replace("sofia", "piet"), password: "piet-knows-the-currents" };

    await test.step("a colleague is invited, and has a password", async () => {
      await page.goto("/manage/members");
      await page.getByRole("button", { name: "Invite a member" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Piet Visser");
      await page.getByLabel("Email address").fill(colleague.email);
      await page.getByRole("checkbox", { name: "Author" }).check();
      await page.getByRole("button", { name: "Invite", exact: true }).click();
      const link = await page.getByLabel("Link for Piet Visser").inputValue();
      const guest = await candidateContext(browser);
      const there = await guest.newPage();
      await there.goto(link);
      await there.getByLabel("Password", { exact: true }).fill(colleague.password);
      await there.getByRole("button", { name: "Set the password" }).click();
      await expect(there.getByRole("link", { name: "Go to sign in" })).toBeVisible();
      await guest.close();
    });
    const member = await signInMember(browser, colleague);
    const there = await member.newPage();
    await there.goto("/manage/exams");
    await expect(there.getByRole("heading", { level: 1, name: "Exams" })).toBeVisible();
    const rule = page.getByRole("region", { name: "A second factor for everybody" });

    await test.step("who has none is led to set one up before demanding it of others", async () => {
      await page.goto("/manage/sign-in");
      await expect(rule).toContainText("Of 2 members 2 have none yet.");
      await rule.getByLabel("Every member needs a second factor").check();
      await expect(rule.getByText("First you need one yourself,")).toBeVisible();
      await expect(rule.getByRole("button", { name: "Save" })).toBeDisabled();
      await rule.scrollIntoViewIfNeeded();
      await examineZoomed(page, "factor-rule-first");
      await rule.getByRole("link", { name: "Your account" }).click();
      await addPasskey(page, admin.password);
    });

    await test.step("then demands it", async () => {
      await page.goto("/manage/sign-in");
      await expect(rule).toContainText("Of 2 members 1 has none yet.");
      await rule.getByLabel("Every member needs a second factor").check();
      await rule.getByRole("button", { name: "Save" }).click();
      await expect(page.getByRole("dialog")).toContainText("It holds at once.");
      await examine(page, "factor-rule-dialog");
      await page.getByRole("dialog").getByRole("button", { name: "Ask for it" }).click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(rule.getByLabel("Every member needs a second factor")).toBeChecked();
      await rule.scrollIntoViewIfNeeded();
      await examine(page, "factor-rule-on");
    });

    await test.step("the colleague, who is signed in, is led to it with the next click, and goes on", async () => {
      await giveDevice(there);
      await there.reload();
      await expect(there.getByRole("heading", { level: 1, name: "One more step before you go on" })).toBeVisible();
      await expect(there.getByRole("region", { name: "Authenticator app" })).toBeVisible();
      await examineZoomed(there, "factor-demanded");
      await addPasskey(there, colleague.password);
      await examine(there, "factor-demanded-done");
      await there.getByRole("button", { name: "Go on" }).click();
      await expect(there.getByRole("heading", { level: 1, name: "Exams" })).toBeVisible();
    });

    await test.step("the password alone opens nothing any more, and says what to do", async () => {
      const elsewhere = await candidateContext(browser);
      const other = await elsewhere.newPage();
      await other.goto("/sign-in");
      await other.getByLabel(/e-?mail/i).fill(colleague.email);
      await other.getByLabel("Password", { exact: true }).fill(colleague.password);
      await other.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(other.getByRole("heading", { name: "Sign in again, with the one that you have" })).toBeVisible();
      await examineZoomed(other, "factor-to-show");
      await other.getByRole("button", { name: "Sign in again" }).click();
      await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
      await elsewhere.close();
    });

    await test.step("a member takes their account back with one act, and an administrator can do it for them", async () => {
      await page.goto("/manage/members");
      await page.getByRole("button", { name: "New way in for Piet Visser" }).click();
      await expect(page.getByRole("dialog")).toContainText("Somebody else is in their account");
      await examineZoomed(page, "member-new-way-in");
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.goto("/manage/account");
      const back = page.getByRole("region", { name: "Was somebody else in your account?" });
      await back.scrollIntoViewIfNeeded();
      await examineZoomed(page, "account-take-back");
      await back.getByRole("button", { name: "Sign out everywhere and revoke…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Your password" }).fill(admin.password);
      await examine(page, "account-take-back-dialog");
      await dialog.getByRole("button", { name: "Sign out and revoke" }).click();
      await expect(dialog).toContainText("1 passkey is removed.");
      await examine(page, "account-take-back-done");
      await dialog.getByRole("button", { name: "Go to sign in" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    });
  });
});
