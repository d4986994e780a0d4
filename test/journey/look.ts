import type { Page } from "@playwright/test";
import { laptop } from "./browser.ts";

/** Pictures of a state to look at: light, dark, and at 200 % of the laptop's screen. */
export async function look(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `test-results/pages/${name}-${scheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: laptop.width / 2, height: laptop.height / 2 });
  await page.screenshot({ path: `test-results/pages/${name}-zoomed.png`, fullPage: true });
  await page.setViewportSize(laptop);
}
