import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent, openExam, passDeviceCheck } from "./candidate.ts";
import { admit, tileOf } from "./console.ts";
import { demo, openConsole, signInAs } from "./demo.ts";
import { examine } from "./examine.ts";
import { placeOf, schedule } from "./sitting.ts";

async function heading(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
}

/** What the browser refused because of the content security policy, of every page of the context. */
function keepRefusals(context: BrowserContext, refusals: string[]): BrowserContext {
  context.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refusals.push(message.text());
  });
  return context;
}

async function staffPages(browser: Browser, sittingId: string, refusals: string[]): Promise<void> {
  const strangers = keepRefusals(await candidateContext(browser), refusals);
  const stranger = await strangers.newPage();
  for (const [path, name] of [
    ["/", "home"],
    ["/sign-in", "sign-in"],
    ["/no-such-page", "not-found"],
    ["/sit", "sit-without-link"],
  ] as const) {
    await stranger.goto(path);
    await heading(stranger);
    await examine(stranger, name);
  }
  const admin = keepRefusals(await signInAs(browser, "admin"), refusals);
  const page = await admin.newPage();
  for (const [path, name] of [
    ["/manage", "manage"],
    ["/manage/exams", "exams"],
    ["/manage/sittings", "sittings"],
    [`/manage/sittings/${sittingId}`, "sitting"],
  ] as const) {
    await page.goto(path);
    await heading(page);
    await examine(page, name);
  }
  await page.goto("/manage/exams");
  await page
    .getByRole("link", { name: /Aviation English/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/manage\/exams\/./);
  await heading(page);
  await examine(page, "exam");
}

test("no page has an axe violation, in light and in dark, nor anything that its policy refuses", async () => {
  test.setTimeout(240_000);
  const refusals: string[] = [];
  const sitting = await schedule("Pages", ["Ada Lindqvist", "Grace Mbeki", "Yuki Tanaka"]);
  const ada = placeOf(sitting, "Ada Lindqvist");
  await withBrowser("one", async (browser) => {
    await staffPages(browser, sitting.sittingId, refusals);

    const proctor = keepRefusals(await signInAs(browser, "proctor"), refusals);
    const sessions = await proctor.newPage();
    await sessions.goto("/proctor");
    await heading(sessions);
    await examine(sessions, "sessions");
    const console = await openConsole(proctor, sitting.examSessionId);
    await expect(tileOf(console, ada.name)).toBeVisible();
    await examine(console, "console-nobody-here");

    const page = await (await candidateContext(browser)).newPage();
    await page.goto(ada.link);
    await expect(page.getByRole("checkbox")).toBeVisible();
    await examine(page, "sit-consent");
    await page.close();
    const context = keepRefusals(await candidateContext(browser), refusals);
    const candidate = await consent(context, ada.link);
    await expect(candidate.getByRole("heading", { name: "Check your devices" })).toBeVisible();
    await examine(candidate, "sit-devices");
    await passDeviceCheck(candidate);
    await examine(candidate, "sit-waiting");
    await admit(console, ada.name);
    await openExam(candidate);
    await examine(candidate, "sit-exam");
    await expect(console.locator("[data-panel] video").first()).toHaveAttribute("data-live", "true");
    await examine(console, "console");
    await console.getByRole("button", { name: "Warn…" }).click();
    await expect(console.getByRole("dialog")).toBeVisible();
    await examine(console, "console-warn");
    await console.keyboard.press("Escape");
    await candidate
      .getByRole("button", { name: /^Hand in/ })
      .first()
      .click();
    await expect(candidate.getByRole("dialog")).toBeVisible();
    await examine(candidate, "sit-hand-in");
    await candidate.getByRole("button", { name: "Hand in now" }).click();
    await expect(candidate.getByTestId("receipt")).toBeVisible();
    await examine(candidate, "sit-receipt");

    const reviewer = await (await signInAs(browser, "reviewer")).newPage();
    await reviewer.goto(`${demo().origin}/review/${ada.attemptId}`);
    await heading(reviewer);
    await examine(reviewer, "review");
    expect(refusals).toEqual([]);
  });
});
