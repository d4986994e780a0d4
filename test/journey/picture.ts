import { join } from "node:path";
import type { Page } from "@playwright/test";
import { projectRoot } from "#tools/start/child.ts";

/**
 * Takes a picture of a page, from its top, for people to look at. With UPDATE_PICTURES set it becomes the one in docs/pictures, which
 * the README shows.
 */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["UPDATE_PICTURES"] === undefined ? "test-results" : "docs/pictures";
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: join(projectRoot, folder, `${name}.png`) });
}
