import { defineConfig } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "./tools/check/chromium.ts";

/** Journeys of the staff's own pages, which change accounts and the institution. */
const staff = [
  "factor-rule",
  "keys",
  "ledger",
  "mail",
  "members",
  "passkeys",
  "retention",
  "rooms",
  "second-factor",
  "sign-in",
  "single-sign-on",
  "two-authors",
  "webhooks",
];

/** Journeys that change no more than a sitting of their own. */
const sittings = ["api-reference", "browser-key", "candidate-page-weight", "mallory", "pages", "refusals", "take-over"];

function filesOf(names: readonly string[]): RegExp[] {
  return names.map((name) => new RegExp(`/${name}\\.spec\\.ts$`));
}

/**
 * Two lanes, in each of which one journey follows another, may go beside each other: no journey of `staff` or `sittings`
 * judges a second or what a sensor sees, and none of one lane changes what one of the other looks at. Whatever is not
 * named there, and so every new journey, is `alone`: two browsers on two cores would disturb each other's seconds.
 */
export default defineConfig({
  testDir: "test/journey",
  globalSetup: "./test/journey/global-setup.ts",
  projects: [
    { name: "staff", testMatch: filesOf(staff), workers: 1, outputDir: "test-results/journeys/staff" },
    { name: "sittings", testMatch: filesOf(sittings), workers: 1, outputDir: "test-results/journeys/sittings" },
    {
      name: "alone",
      testIgnore: filesOf([...staff, ...sittings]),
      workers: 1,
      outputDir: "test-results/journeys/alone",
    },
  ],
  workers: 2,
  fullyParallel: false,
  retries: 0,
  // Most take less than half a minute on a quiet machine of two cores, the longest a little more than one: so much is
  // left to a machine that is three times slower. What is to come soon is waited for by its own, shorter time.
  timeout: 180_000,
  // A page that comes up beside an exam that is recorded and watched took longer than 15 s on one busy core; and so long a
  // page rests between two tries of a line that was gone for a while. Less stands where a promise is judged or a look repeated.
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  use: {
    actionTimeout: 30_000,
    viewport: { width: 1366, height: 768 },
    launchOptions: { executablePath: chromiumPath(), args: [...chromiumFlags] },
  },
});
