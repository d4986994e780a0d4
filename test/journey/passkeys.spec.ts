import { expect, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { demo, signInMember } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

test("a member adds a passkey, signs in by it without a password, and removes it", async () => {
  await withBrowser("one", async (browser) => {
    const own = demo().staff.findLast(({ roles }) => roles.includes("reviewer"));
    if (own === undefined) throw new Error("the demo has no reviewer");
    const context = await signInMember(browser, own);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto("/manage/account");
    const passkeys = page.getByRole("region", { name: "Passkeys" });

    await test.step("adds one, with the password and a name", async () => {
      await passkeys.getByRole("button", { name: "Add a passkey" }).click();
      await passkeys.getByRole("textbox", { name: "Your password" }).fill("not the password");
      await passkeys.getByRole("textbox", { name: "Name" }).fill("The lab's laptop");
      await examineZoomed(page, "account-passkey-add");
      await passkeys.getByRole("button", { name: "Ask this device" }).click();
      await expect(passkeys.getByText("That is not the password that you have now")).toBeVisible();
      await passkeys.getByRole("textbox", { name: "Your password" }).fill(own.password);
      await passkeys.getByRole("button", { name: "Ask this device" }).click();
      await expect(passkeys.getByRole("listitem")).toContainText("Not used yet.");
      await examine(page, "account-passkeys");
      const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
      expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);
    });

    await test.step("signs in by it, and is told kindly where the device gives none", async () => {
      await context.clearCookies();
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Use a passkey" }).click();
      await expect(page.getByText("No passkey was given.")).toBeVisible();
      await examine(page, "sign-in-passkey-none");
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
      await page.getByRole("button", { name: "Use a passkey" }).click();
      await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
      await page.goto("/manage/account");
      await expect(passkeys.getByRole("listitem")).toContainText("Last used");
    });

    await test.step("removes it, and the device's passkey is good no more", async () => {
      await passkeys.getByRole("button", { name: "Remove the passkey The lab's laptop…" }).click();
      const dialog = page.getByRole("dialog");
      const field = dialog.getByRole("textbox", { name: "Your password" });
      await field.fill("not the password");
      await dialog.getByRole("button", { name: "Remove it" }).click();
      await expect(dialog.getByText("That is not the password that you have now")).toBeVisible();
      await examine(page, "account-passkey-remove");
      await field.fill(own.password);
      await dialog.getByRole("button", { name: "Remove it" }).click();
      await expect(passkeys.getByRole("listitem")).toHaveCount(0);
      await context.clearCookies();
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Use a passkey" }).click();
      await expect(page.getByText("This passkey is not taken here")).toBeVisible();
    });
    await context.close();
    const stranger = await (await candidateContext(browser)).newPage();
    await stranger.goto("/sign-in");
    await expect(stranger.getByRole("button", { name: "Use a passkey" })).toBeVisible();
    await examineZoomed(stranger, "sign-in");
  });
});
