import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { openAsker } from "../ask";
import { ourProgram } from "../command";
import type { Ground } from "../ground";
import { SECONDS } from "../pairs";
import { pause } from "../pause";
import { administrator } from "../people";
import { type Portal, startPortal } from "../portal";
import { say } from "../report";
import { type Steady, whileAskedSteadily } from "../steady";
import type { Row } from "../table";
import { CACHED } from "../verification";
import { lengthenLog } from "./log";
import { newTally, type Tally } from "./tally";
import type { Kind, Site } from "./work";

const run = promisify(execFile);

/** Questions to the verifier a second. */
const PACE = 200;
const BAR_MS = 50;
const EVENTS = 100_000;
const PHASE_SECONDS = SECONDS * 5;
/** An export need not be slower than this; what is not whole by then is counted as far as it came. */
const ROWS_A_SECOND = 3_000;
const PATIENCE_SECONDS = 30;

const WORDS: Record<Kind, (tally: Tally) => string> = {
  rendering: ({ whole }) => `pages (${whole})`,
  exporting: ({ pieces, whole }) => `exports (${pieces} rows, ${whole} whole)`,
  checking: ({ pieces, whole }) => `checks of the log (${pieces} events, ${whole} times whole)`,
  knocking: ({ whole, pieces }) => `log-ins (${whole} refused, ${pieces} sent away)`,
};
const KINDS = ["rendering", "exporting", "checking", "knocking"] as const;

/** Whether verification stays quick while the portal of the same machine has much to do. */
export async function measureBusy(ground: Ground): Promise<Row[]> {
  const { installed } = ground;
  const ours = await ground.verifier({ cores: "any" });
  const portal = await startPortal(installed);
  ground.ending(portal.stop);
  const site = await siteOf(portal);
  const { ask, close } = openAsker(ours);
  ground.ending(async () => close());
  const known = installed.secrets.slice(0, CACHED);
  const beside = async (kinds: readonly Kind[]) => {
    const during = () => (kinds.length === 0 ? alone() : visit(portal, site, kinds));
    return whileAskedSteadily(ask, known, PACE, during);
  };
  say("Measuring: verification while the portal is busy");
  await beside(["rendering"]); // all tokens are in memory now, and the portal has drawn its pages once
  const rows: Row[] = [];
  let wrong = 0;
  for (const kinds of [[], ...KINDS.map((kind) => [kind]), KINDS]) {
    const { steady, result } = await beside(kinds);
    rows.push(rowOf(kinds, steady, result));
    wrong += steady.wrong;
    for (const { wrong: some, example } of Object.values(result)) {
      wrong += some;
      if (some > 0) say(`${some} wrong answers, the first of them ${example}`);
    }
  }
  if (wrong > 0) say(portal.subject.printed().slice(-1_000));
  const what = "wrong answers meanwhile, of the portal and of the verifier";
  return [...rows, { what, value: wrong, bar: 0, unit: "", better: "less" }];
}

type Tallies = Partial<Record<Kind, Tally>>;

async function alone(): Promise<Tallies> {
  await pause(PHASE_SECONDS * 1_000);
  return {};
}

/** What has to come out, of an installation with a log that is worth checking. */
async function siteOf({ subject, db, cookie }: Portal): Promise<Site> {
  const tokens = await db.token.count();
  const events = Math.min(tokens, EVENTS);
  say(`Making ${events} events`);
  const who = await administrator(db, Date.now());
  await lengthenLog(db, who, events);
  const { name, value } = await cookie(who);
  return { url: subject.url, cookie: `${name}=${value}`, tokens, events };
}

/** Keeps the portal busy with all of these from another process, which ends by itself. */
async function visit({ env }: Portal, site: Site, kinds: readonly Kind[]): Promise<Tallies> {
  const limitSeconds = PATIENCE_SECONDS + Math.ceil(site.tokens / ROWS_A_SECOND);
  const told = JSON.stringify({ kinds, site, seconds: PHASE_SECONDS, limitSeconds });
  const [program = "", ...args] = ourProgram("bench", "visitors.mjs");
  const { stdout } = await run(program, args, {
    env: { ...process.env, ...env, BENCH_VISIT: told },
    timeout: (limitSeconds + PATIENCE_SECONDS) * 1_000,
    killSignal: "SIGKILL",
  });
  return JSON.parse(/^visited (.*)$/m.exec(stdout)?.[1] ?? "null");
}

function rowOf(kinds: readonly Kind[], steady: Steady, tallies: Tallies): Row {
  const words = kinds.map((kind) => WORDS[kind](tallies[kind] ?? newTally()));
  const beside = words.length === 0 ? "alone" : `beside ${words.join(", ")}`;
  return {
    ...{
      what: `p99 at ${PACE}/s ${beside}; p50 ${steady.p50.toFixed(1)} ms`,
      value: steady.p99,
      bar: words.length === 0 ? null : BAR_MS,
    },
    ...{ unit: " ms", better: "less", raw: { steady, tallies } },
  };
}
