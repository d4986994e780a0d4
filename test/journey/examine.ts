import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { laptop } from "./browser.ts";

/** A page in light and dark: no axe violation (WCAG 2.2 A and AA and best practices), and a picture to look at. */
export async function examine(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
    // The change of colours is drawn, and what fades has faded, before anybody looks.
    await page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    await page.screenshot({ path: `test-results/pages/${name}-${scheme}.png` });
    const { violations } = await violationsIn(page);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n  ")}`);
    expect(found, `${name} in ${scheme}`).toEqual([]);
  }
}

/**
 * No page has frames, so that axe may look at the one document there is in one go, and need not tell what is right: a
 * quarter of the time that it takes to gather frames on a page of its own.
 */
export async function violationsIn(page: Page): ReturnType<AxeBuilder["analyze"]> {
  expect(page.frames()).toHaveLength(1);
  return new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .setLegacyMode()
    .analyze();
}

/** The same, and a picture at 200 % of the laptop's screen. */
export async function examineZoomed(page: Page, name: string): Promise<void> {
  await examine(page, name);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: laptop.width / 2, height: laptop.height / 2 });
  await page.screenshot({ path: `test-results/pages/${name}-zoomed.png`, fullPage: true });
  await page.setViewportSize(laptop);
}
