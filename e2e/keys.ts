import type { Locator, Page } from "@playwright/test";
import { expect, script } from "./fixtures";

type Role = Parameters<Page["getByRole"]>[0];
type Name = string | RegExp;
type Place = Page | Locator;

const named = (place: Place, role: Role, name: Name) =>
  place.getByRole(role, { name, exact: typeof name === "string" }).first();

/** Waits for a page that takes presses: its first heading stands, and its script has come. */
export async function arrive(page: Page, heading: Name): Promise<void> {
  const exact = typeof heading === "string";
  await expect(page.getByRole("heading", { name: heading, exact, level: 1 })).toBeVisible();
  await script(page);
}

/** Presses Tab until the first of this role and name has the focus, and sees to it that one sees that. */
export async function tabTo(page: Page, role: Role, name: Name, within: Place = page): Promise<void> {
  const goal = named(within, role, name);
  await expect(goal).toBeEnabled();
  await tabUntil(page, `${role} ${name}`, () => goal.evaluate((element) => element === document.activeElement));
  await expectFocusShown(page);
}

/** Tabs to a button or link and presses Enter. */
export async function press(page: Page, role: Role, name: Name, within: Place = page): Promise<void> {
  await tabTo(page, role, name, within);
  await page.keyboard.press("Enter");
}

/** Tabs to what unfolds something (a summary has no role of its own) and presses Enter. */
export async function unfold(page: Page, title: string): Promise<void> {
  const goal = page.locator("summary").filter({ hasText: title }).first();
  await tabUntil(page, title, () => goal.evaluate((element) => element === document.activeElement));
  await expectFocusShown(page);
  await page.keyboard.press("Enter");
}

/** Tabs to a field and types into it, in place of what stands there. */
export async function type(page: Page, label: Name, text: string, role: Role = "textbox", within: Place = page) {
  await tabTo(page, role, label, within);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Tabs to a checkbox and turns it over. */
export async function tick(page: Page, name: Name, within: Place = page): Promise<void> {
  await tabTo(page, "checkbox", name, within);
  await page.keyboard.press("Space");
}

/** Tabs to a group of radio buttons, which is one stop, and goes by arrows to the one of this name. */
export async function choose(page: Page, name: Name, within: Place = page): Promise<void> {
  const goal = named(within, "radio", name);
  await expect(goal).toBeEnabled();
  const inGroup = () =>
    goal.evaluate((element) => {
      const there = document.activeElement;
      if (!(element instanceof HTMLInputElement) || !(there instanceof HTMLInputElement)) return false;
      return there.type === "radio" && there.name === element.name && there.form === element.form;
    });
  await tabUntil(page, `the radio buttons of ${name}`, inGroup);
  await expectFocusShown(page);
  await page.keyboard.press("Space");
  for (let presses = 0; presses < 20 && !(await goal.isChecked()); presses += 1) await page.keyboard.press("ArrowDown");
  await expect(goal).toBeChecked();
}

/** Tabs to a list of choices and goes by arrows to this value. */
export async function pick(page: Page, label: Name, value: string, within: Place = page): Promise<void> {
  const goal = named(within, "combobox", label);
  await tabTo(page, "combobox", label, within);
  await page.keyboard.press("Home");
  for (let presses = 0; presses < 60 && (await goal.inputValue()) !== value; presses += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(goal).toHaveValue(value);
}

/** Escape closes what was opened, and the focus is back where it was opened from. */
export async function leave(page: Page, opened: Locator, opener: Locator): Promise<void> {
  await expect(opened).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(opened).toBeHidden();
  await expect(opener).toBeFocused();
}

const MOST = 300;

async function tabUntil(page: Page, what: string, there: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < MOST; presses += 1) {
    if (await there()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${what}`);
}

/** A ring stands around what has the focus, or around the label that it is drawn in. */
async function expectFocusShown(page: Page): Promise<void> {
  const unseen = await page.evaluate(() => {
    const there = document.activeElement;
    const ringed = [there, there?.closest("label")].some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    });
    return ringed ? "" : (there?.outerHTML.slice(0, 200) ?? "nothing");
  });
  expect.soft(unseen, "nothing shows the focus").toBe("");
}
