import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

const BROWSERS = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
/** Debian's browser where there is one, else the one that `npx playwright install chromium` has brought. */
const executablePath = BROWSERS.find((path) => path !== undefined && existsSync(path));

/** How a browser is started, so that it asks nobody but us. */
export const CHROMIUM: LaunchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
