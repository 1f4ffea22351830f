import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/**
 * WCAG 2.2 AA as far as axe can see, one first heading, a title, and nothing to scroll sideways. Our pages have no frames,
 * and what holds is of no interest: axe runs in the page itself and brings back violations only, a quarter of the time.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.locator("h1").first().waitFor({ state: "attached" }); // by role it would be hidden behind a dialog
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .withTags(tags)
    .setLegacyMode();
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${what} ${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect.soft(found).toEqual([]); // all of a page, and all pages, at once
  expect.soft(await page.title(), what).not.toBe("");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wide, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}
