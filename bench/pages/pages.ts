import { type Browser, chromium } from "@playwright/test";
import type { SessionViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import { createToken } from "#lib/tokens/commands/create";
import { CHROMIUM } from "#test/chromium";
import type { Ground } from "../ground";
import { estimate } from "../median";
import { administrator, person } from "../people";
import { type Portal, startPortal } from "../portal";
import { say } from "../report";
import type { Row } from "../table";
import { heaviest } from "./transfer";
import { newcomer, type Reader, type Visit, visit } from "./visit";

const MINE = "/tokens";
/** What is loaded once to see how much script each page brings, and by whom. */
const PATHS = {
  nobody: ["/sign-in", "/help"],
  user: [MINE, "/tokens/new", "/account", "/overview"],
  admin: [
    ...["/overview", "/admin/tokens", "/admin/tokens/new", "/admin/users", "/admin/users/new", "/admin/groups"],
    ...["/admin/policies", "/admin/policies/new", "/admin/policies/simulate", "/admin/delegations/new"],
    ...["/admin/networks/new", "/admin/audit", "/admin/applications", "/admin/applications/new"],
    ...["/admin/gateways", "/admin/gateways/new", "/admin/explain", "/admin/settings"],
  ],
} as const;
type Who = keyof typeof PATHS;

const HEAVIEST = 5;
const LOADS = 7;
const SCRIPT_KB = 180;
const LCP_SECONDS = 1.5;
/** As many as nearly everybody has. */
const TOKENS = 5;

/** What a browser loads of the portal, and when it shows something, as somebody who has tokens. */
export async function measurePages({ installed, ending }: Ground): Promise<Row[]> {
  const portal = await startPortal(installed);
  ending(portal.stop);
  const browser = await chromium.launch(CHROMIUM);
  ending(() => browser.close());
  const readers = await readersOf(portal);
  return [...(await weights(browser, readers)), ...(await paints(browser, readers.user))];
}

async function readersOf(portal: Portal): Promise<Record<Who, Reader>> {
  const now = Date.now();
  const user = await person(portal.db, now, "api-users");
  for (let nth = 1; nth <= TOKENS; nth += 1) await makeToken(portal, user, `Token ${nth}`, now);
  const reader = async (viewer: SessionViewer | null): Promise<Reader> => ({
    url: portal.subject.url,
    cookie: viewer && (await portal.cookie(viewer)),
  });
  return {
    nobody: await reader(null),
    user: await reader(user),
    admin: await reader(await administrator(portal.db, now)),
  };
}

async function makeToken({ db }: Portal, viewer: SessionViewer, name: string, now: number): Promise<void> {
  const made = await execute(db, createToken, viewer, { name, applications: ["jira"], access: "read" }, now);
  if (!made.ok) throw new Error(made.refusal.detail);
}

/** First loads, each by a browser that has never been here. */
async function weights(browser: Browser, readers: Record<Who, Reader>): Promise<Row[]> {
  say("Measuring: what pages load");
  const pages: ({ path: string; who: Who } & Visit)[] = [];
  for (const who of ["nobody", "user", "admin"] as const)
    for (const path of PATHS[who]) pages.push({ path, who, ...(await coldly(browser, readers[who], path)) });
  const row = (what: string, { weight }: Visit, bar: number | null): Row => ({
    ...{ what, value: weight.scripts / 1_024, bar, unit: " KB", better: "less", raw: weight },
  });
  const mine = pages.filter(({ path }) => path === MINE);
  return [
    ...mine.map((page) => row("script of the first load of My tokens, packed", page, SCRIPT_KB)),
    ...heaviest(pages, HEAVIEST).map((page) => row(`the same of ${page.path}, as ${page.who}`, page, null)),
  ];
}

async function coldly(browser: Browser, reader: Reader, path: string): Promise<Visit> {
  const context = await newcomer(browser, reader);
  try {
    return await visit(context, path);
  } finally {
    await context.close();
  }
}

/** When the largest part of My tokens has been painted: by newcomers, and by somebody who was here before. */
async function paints(browser: Browser, reader: Reader): Promise<Row[]> {
  say("Measuring: when My tokens is painted");
  const [cold, warm]: [number[], number[]] = [[], []];
  const known = await newcomer(browser, reader);
  await visit(known, MINE);
  for (let load = 0; load < LOADS; load += 1) {
    cold.push((await coldly(browser, reader, MINE)).lcp);
    warm.push((await visit(known, MINE)).lcp);
  }
  await known.close();
  const row = (what: string, times: readonly number[]): Row => {
    const { median, low, high } = estimate(times.map((ms) => ms / 1_000));
    return { what, value: median, interval: [low, high], bar: LCP_SECONDS, unit: " s", better: "less", raw: times };
  };
  return [
    row("largest contentful paint of My tokens, first visit", cold),
    row("the same with the browser's cache", warm),
  ];
}
