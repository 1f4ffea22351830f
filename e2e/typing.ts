import { expect, type Page, type Request } from "@playwright/test";

export const drawsAnew = (request: Request) => {
  const { rsc, "next-router-prefetch": ahead } = request.headers();
  return rsc !== undefined && ahead === undefined;
};
export const changes = (request: Request) => ["PUT", "PATCH"].includes(request.method());

/** Holds back the answers to such requests, so that somebody types before they come. */
export async function hold(page: Page, which: (request: Request) => boolean) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**", async (route) => {
    if (which(route.request())) await held;
    await route.fallback();
  });
  return {
    press: async (name: string) => {
      const asked = page.waitForRequest(which);
      await page.getByRole("button", { name, exact: true }).click();
      await asked;
    },
    comes: async () => {
      release();
      await page.unroute("**");
    },
  };
}

export async function saves(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((answer) => changes(answer.request()));
  await page.getByRole("button", { name, exact: true }).click();
  expect((await answered).status()).toBe(200);
}

/** As somebody comes back to this page after two minutes: it is drawn anew. */
export async function comesBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 120_000;
    document.dispatchEvent(new Event("visibilitychange"));
  });
}
