import type { Page } from "@playwright/test";

const MOST = 400;

/**
 * Goes through a page by Tab, once round. Everywhere on the way one sees where one is: a ring stands around what has the
 * focus, and nothing that sticks to an edge covers all of it (WCAG 2.4.7, 2.4.11); and the way has an end.
 * @returns what is wrong, and how many stops there were
 */
export async function walk(page: Page): Promise<{ wrong: string[]; stops: number }> {
  const wrong: string[] = [];
  let before = "";
  for (let stops = 0; stops < MOST; stops += 1) {
    await page.keyboard.press("Tab");
    const { what, round, ringed, seen } = await page.evaluate(look);
    if (round) return { wrong, stops };
    if (!ringed) wrong.push(`no ring: ${what}`);
    if (!seen) wrong.push(`covered: ${what}`);
    before = what;
  }
  return { wrong: [...wrong, `no end, at last: ${before}`], stops: MOST };
}

function look() {
  const there = document.activeElement;
  const over = { what: "", round: true, ringed: true, seen: true };
  if (!(there instanceof HTMLElement) || there === document.body || "walked" in there.dataset) return over;
  there.dataset.walked = "";
  const places = [there, there.closest("label")].filter((each) => each !== null);
  const ringed = places.some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
  });
  const seen = places.some((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((x) =>
      [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const),
    );
    return points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (each.contains(hit) || hit.contains(each));
    });
  });
  return { what: there.outerHTML.slice(0, 160), round: false, ringed, seen };
}
