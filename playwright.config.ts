import { defineConfig } from "@playwright/test";
import { CHROMIUM } from "#test/chromium";

// Every worker has a whole Latchkey, a real nginx and real upstreams of its own (e2e/house.ts).
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Bounds for what hangs, not a judgement of speed: a busy machine is no reason to fail.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["list"], ["json"]] : [["list"]],
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    // Recording takes longer than many a journey: who looks for what failed plays that one again with `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Australia/Lord_Howe",
    launchOptions: CHROMIUM,
  },
});
