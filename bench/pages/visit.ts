import type { Browser, BrowserContext } from "@playwright/test";
import { type Transfer, type Weight, weigh } from "./transfer";

/** One load of a page. `lcp`: milliseconds from the navigation to its largest contentful paint. */
export type Visit = { readonly weight: Weight; readonly lcp: number };

/** A page that draws nothing, or never comes to rest, is given up after this. */
const LIMIT_MS = 60_000;

/** Who looks: nobody, or somebody by their cookie. */
export type Reader = {
  readonly url: string;
  readonly cookie: { readonly name: string; readonly value: string } | null;
};

/** A browser that has never been here. Close it. */
export async function newcomer(browser: Browser, { url, cookie }: Reader): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  await context.addInitScript(watchPaints);
  if (cookie !== null) await context.addCookies([{ ...cookie, url }]);
  return context;
}

/**
 * Loads a page and waits until its network is quiet: what it loads ahead of need counts too.
 * @throws where it does not answer 200, or sends the reader elsewhere
 */
export async function visit(context: BrowserContext, path: string): Promise<Visit> {
  const page = await context.newPage();
  try {
    const transfers = await transfersOf(context, page);
    const answer = await page.goto(path, { waitUntil: "networkidle", timeout: LIMIT_MS });
    const came = new URL(page.url());
    if (answer?.status() !== 200 || came.pathname + came.search !== path)
      throw new Error(`${path}: ${answer?.status()}, and the browser is at ${page.url()}`);
    const lcp: unknown = await page.evaluate(() => Reflect.get(globalThis, "largestPaint"));
    if (typeof lcp !== "number") throw new Error(`${path}: nothing was painted`);
    return { weight: weigh(transfers()), lcp };
  } finally {
    await page.close();
  }
}

type Page = Awaited<ReturnType<BrowserContext["newPage"]>>;

/** What comes over the network, told by the browser itself: what its cache had is nothing. */
async function transfersOf(context: BrowserContext, page: Page): Promise<() => Transfer[]> {
  const session = await context.newCDPSession(page);
  const kinds = new Map<string, string>();
  const transfers: Transfer[] = [];
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    transfers.push({ kind: kinds.get(requestId) ?? "", bytes: encodedDataLength });
  });
  await session.send("Network.enable");
  return () => transfers;
}

/** In the page, before anything of it: keeps when the last of the paints was, each of which was the largest until then. */
function watchPaints(): void {
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) Reflect.set(globalThis, "largestPaint", startTime);
  }).observe({ type: "largest-contentful-paint", buffered: true });
}
