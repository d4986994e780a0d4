import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { signInMember } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { openInstitution } from "./own-institution.ts";

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** Somebody's own program: it keeps what comes, and answers what it is told to. */
async function startReceiver(answer: () => number): Promise<{ server: Server; url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer()).end("nobody reads this");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/invigil` };
}

test("an administrator adds a webhook, whose receiver verifies what comes, fails, and gets it again", async ({
  browser,
}) => {
  let status = 204;
  const { server, received, url } = await startReceiver(() => status);
  try {
    // What happens in the institution of other journeys would come to the receiver too.
    const context = await signInMember(browser, await openInstitution(`webhooks-${Date.now()}`));
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();

    await test.step("there is none, and the page says what one is for", async () => {
      await page.goto("/manage");
      await page.getByRole("link", { name: "Webhooks" }).click();
      await expect(page.getByRole("heading", { name: "Nobody is told yet" })).toBeVisible();
      await examine(page, "webhooks-empty");
    });

    await test.step("it is asked where and what, and what is wrong is said", async () => {
      await page.getByRole("button", { name: "Add a webhook…" }).press("Enter");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Add it" }).click();
      await expect(dialog.getByText("Enter the whole address, from https:// on.")).toBeVisible();
      await dialog.getByLabel("Address").fill("http://10.0.0.7/");
      await dialog.getByLabel("An attempt was scored (tells the score)").press("Space");
      await dialog.getByRole("button", { name: "Add it" }).click();
      await expect(dialog.getByText("The address has to begin with https://.")).toBeVisible();
      await examineZoomed(page, "webhooks-new");
      await dialog.getByLabel("Address").fill(url);
      await dialog.getByRole("button", { name: "Add it" }).click();
      await expect(page.getByText("The secret of the webhook: you see it only now")).toBeVisible();
      await examine(page, "webhooks-secret");
    });

    const secret = await test.step("its secret is shown once", async () => {
      await page.getByRole("button", { name: "Copy" }).click();
      await expect(page.locator("output[aria-live=polite]")).toContainText("Copied.");
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toMatch(/^whsec_/);
      await page.getByRole("button", { name: "I have kept it" }).click();
      await expect(page.getByText(copied)).toHaveCount(0);
      return copied;
    });

    await test.step("[W2] a test arrives, signed, and one that was changed on its way does not verify", async () => {
      await page.getByRole("link", { name: url }).click();
      await expect(page.getByRole("heading", { name: "Nothing was sent yet" })).toBeVisible();
      await page.getByRole("button", { name: "Send a test" }).click();
      await expect(page.getByRole("cell", { name: "Delivered" })).toBeVisible();
      const [{ headers, body }] = received as [Received];
      const signed = headers as Record<string, string>;
      expect(new Webhook(secret).verify(body, signed)).toMatchObject({ type: "test" });
      expect(() => new Webhook(secret).verify(body.replace("test", "text"), signed)).toThrow(/signature/i);
    });

    await test.step("[W7] what fails is listed and sent again", async () => {
      status = 410;
      await page.getByRole("button", { name: "Send a test" }).click();
      await expect(page.getByText("Paused: it could not be reached")).toBeVisible();
      await page.getByText("Failed (1)").click();
      await expect(page.getByRole("cell", { name: "Failed: it answered 410" })).toBeVisible();
      await examineZoomed(page, "webhook-paused");
      status = 200;
      await page.getByRole("button", { name: "Change…" }).click();
      await page.getByRole("dialog").getByRole("switch").press("Space");
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: "Send all failed again" }).click();
      await expect(page.getByRole("heading", { name: "Nothing failed" })).toBeVisible();
      await expect.poll(() => received.length).toBe(3);
      expect(received[2]?.headers["webhook-id"]).toBe(received[1]?.headers["webhook-id"]);
    });

    await test.step("it is removed", async () => {
      await page.getByText("All", { exact: true }).click();
      await examine(page, "webhook");
      await page.getByRole("button", { name: "Remove…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
      await expect(page.getByRole("heading", { name: "Nobody is told yet" })).toBeVisible();
    });
  } finally {
    server.close();
  }
});
