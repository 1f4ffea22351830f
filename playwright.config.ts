import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const BROWSERS = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
/** Debian's browser where there is one, else the one that `npx playwright install chromium` has brought. */
const executablePath = BROWSERS.find((path) => path !== undefined && existsSync(path));

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
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Australia/Lord_Howe",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
