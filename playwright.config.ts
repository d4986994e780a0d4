import { defineConfig } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "./tools/check/chromium.ts";

export default defineConfig({
  testDir: "test/journey",
  globalSetup: "./test/journey/global-setup.ts",
  outputDir: "test-results/journeys",
  // Two journeys at a time on two cores: most of a journey is waiting for a clock, a network or a person. Where a run
  // decides what lands, one at a time is surer.
  workers: process.env["CI"] === undefined ? 2 : 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  use: {
    actionTimeout: 15_000,
    viewport: { width: 1366, height: 768 },
    launchOptions: { executablePath: chromiumPath(), args: [...chromiumFlags] },
  },
});
