import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ourProgram } from "../command";
import { pace } from "../pace";
import { outcomeOf } from "./attempt";
import { judge, type Tally } from "./tally";

const run = promisify(execFile);

/** The portal that is visited, and what has to come out. `cookie` is that of an administrator. */
export type Site = {
  readonly url: string;
  readonly cookie: string;
  readonly tokens: number;
  readonly events: number;
};

/** Keeps the portal busy, and judges and counts what comes back, until it is over. What is under way then counts for nothing. */
type Work = (site: Site, tally: Tally, over: AbortSignal) => Promise<void>;

const PAGES = ["/overview", "/admin/tokens", "/admin/users", "/admin/audit", "/admin/policies", "/admin/settings"];
const READERS = 4;

const rendering: Work = async ({ url, cookie }, tally, over) => {
  const reader = async (_: unknown, nth: number) => {
    for (let at = nth; !over.aborted; at += 1) {
      const path = PAGES[at % PAGES.length] ?? "/";
      const answer = await fetch(url + path, { headers: { cookie }, redirect: "manual", signal: over });
      const page = await answer.text();
      tally.pieces += 1;
      judge(tally, answer.status === 200 && /<h1[ >].*<\/html>/s.test(page), `${path}: ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
};

const exporting: Work = async ({ url, cookie, tokens }, tally, over) => {
  while (!over.aborted) {
    const answer = await fetch(`${url}/api/v1/admin/tokens/export`, { headers: { cookie }, signal: over });
    let lines = 0;
    for await (const chunk of answer.body ?? []) {
      const before = lines;
      for (const byte of chunk) if (byte === 10) lines += 1;
      tally.pieces += lines - before;
    }
    tally.pieces -= 1; // the head
    judge(tally, answer.status === 200 && lines === tokens + 1, `${answer.status}, ${lines} lines`);
  }
};

const checking: Work = async ({ events }, tally, over) => {
  const [program = "", ...args] = ourProgram("latchkey.mjs");
  while (!over.aborted) {
    const { stdout } = await run(program, [...args, "audit", "verify"], { signal: over });
    const { checked, firstBad }: { checked: number; firstBad: unknown } = JSON.parse(stdout);
    tally.pieces += checked;
    judge(tally, firstBad === null && checked >= events, stdout);
  }
};

const LOG_INS_A_SECOND = 50;

/** Strangers, each with a name and an address of their own: nothing but the hashing of passwords holds them up. */
const knocking: Work = async ({ url }, tally, over) => {
  const asked = await fetch(`${url}/api/auth/csrf`, { signal: over });
  const { csrfToken }: { csrfToken: string } = await asked.json();
  const cookie = asked.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const knock = async (nth: number): Promise<void> => {
    const body = new URLSearchParams({ csrfToken, json: "true", username: `nobody-${nth}`, password: "not anybody's" });
    const headers = { cookie, "x-forwarded-for": `10.${nth >> 16}.${(nth >> 8) & 255}.${nth & 255}` };
    const sent = await fetch(`${url}/api/auth/callback/credentials`, {
      ...{ method: "POST", body, headers, redirect: "manual", signal: over },
    });
    const outcome = outcomeOf(sent.status, await sent.text());
    if (outcome === "sent away") tally.pieces += 1;
    else judge(tally, outcome === "refused", `log-in: ${sent.status}, ${outcome}`);
  };
  await pace(LOG_INS_A_SECOND, knock, over);
};

export const WORKS = { rendering, exporting, checking, knocking } as const satisfies Record<string, Work>;
export type Kind = keyof typeof WORKS;
