import { expect, type Page, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent } from "./candidate.ts";
import { demo } from "./demo.ts";
import { examine } from "./examine.ts";
import { placeOf, schedule } from "./sitting.ts";

const elsewhere = "Your exam was opened in another browser";
const atDoor = "Your exam is open on another computer";

function consented(page: Page) {
  return expect(page.getByRole("button", { name: "Turn on camera and microphone" })).toBeVisible();
}

test("[G75] copied cookies open nothing in another browser, and its page says what to do", async () => {
  const name = "Alice Keyes";
  const { attemptId, link } = placeOf(await schedule("Keys", [name]), name);
  await withBrowser("one", async (browser) => {
    const own = await candidateContext(browser);
    const page = await consent(own, link);
    await consented(page);

    await test.step("the key stays in its browser: no script gets it out, and it outlives the page", async () => {
      expect(await page.evaluate(exportKey)).toBe("InvalidAccessError");
      await page.reload();
      await consented(page);
    });

    await test.step("all cookies of it, in another browser", async () => {
      const thief = await candidateContext(browser);
      await thief.addCookies(await own.cookies(`${demo().origin}/v1/sit/${attemptId}`));
      const stolen = await thief.newPage();
      await stolen.goto(`${demo().origin}/sit/${attemptId}`);
      await expect(stolen.getByText(elsewhere)).toBeVisible();
      await expect(stolen.getByText(/open the link again that your institution sent you/)).toBeVisible();
      await expect(stolen.getByText(name)).toHaveCount(0);
      await examine(stolen, "sit-another-browser");
      await stolen.goto(link);
      await expect(stolen.getByRole("heading", { name: atDoor })).toBeVisible();
      await expect(stolen.getByText(name)).toHaveCount(0);
      await thief.close();
    });

    await test.step("and the own page goes on", async () => {
      await page.reload();
      await consented(page);
    });
  });
});

test("[G77] a browser that keeps no keys works until the page is left, and comes back by its link", async () => {
  const name = "Grace Keyless";
  const { link } = placeOf(await schedule("No keys", [name]), name);
  await withBrowser("one", async (browser) => {
    const context = await candidateContext(browser);
    await context.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
    const page = await consent(context, link);
    await consented(page);
    await page.reload();
    await expect(page.getByText(elsewhere)).toBeVisible();
    await page.goto(link);
    await expect(page.getByRole("heading", { name: atDoor })).toBeVisible();
    await page.getByRole("button", { name: "Ask the proctor to let you go on here" }).click();
    await expect(page.getByText(/The proctor was asked at/)).toBeVisible();
  });
});

/** The name of the error with which the browser refuses it. */
async function exportKey(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open("invigil-browser");
    opening.addEventListener("success", () => resolve(opening.result));
    opening.addEventListener("error", reject);
  });
  const read = database.transaction("keys").objectStore("keys").getAll();
  await new Promise((resolve) => read.addEventListener("success", resolve));
  const [kept] = read.result as { privateKey: CryptoKey }[];
  database.close();
  if (kept === undefined) return "there is no key";
  return crypto.subtle.exportKey("jwk", kept.privateKey).then(
    () => "it was exported",
    (error: unknown) => (error as Error).name,
  );
}
