import { performance } from "node:perf_hooks";
import { digestOf, newSecret } from "#lib/tokens/secret";
import type { EmbeddedDatabase } from "#server/postgres/embedded";
import { codeOf } from "#server/start-failure";
import { type Ask, openAsker } from "./ask";
import { asOwner, forgiveFailures, postmasterOf } from "./database";
import type { Ground } from "./ground";
import { quantile } from "./median";
import type { Ours } from "./ours";
import { familyOf } from "./processes";
import { say } from "./report";
import type { Row } from "./table";

const REVOCATIONS = 200;
const UNKNOWN = 200;
const MILLISECONDS = { unit: " ms", better: "less" } as const;
/** CONFIRMATION_BOUND_SECONDS where nobody set it. */
const BOUND_MS = 10_000;
const GIVE_UP_MS = 60_000;

/**
 * What security and propagation promise in milliseconds: how soon a revocation holds in another process, that an answer
 * comes in time while the database hangs, when known tokens stop then, and how soon all is well after.
 */
export async function measureFailures({ verifier, database }: Ground): Promise<Row[]> {
  say("Measuring: revocations, and a database that hangs");
  const ours = await verifier();
  const { ask, close } = openAsker(ours);
  try {
    const spread = await revocations(ask, ours, database);
    return [
      {
        what: "revocation committed to refused elsewhere, p50",
        value: quantile(spread, 0.5),
        bar: 50,
        ...MILLISECONDS,
      },
      {
        what: "revocation committed to refused elsewhere, p99",
        value: quantile(spread, 0.99),
        bar: 1_000,
        ...MILLISECONDS,
      },
      ...(await whileHung(ask, ours, database)),
    ];
  } finally {
    close();
  }
}

/** Revokes tokens in the database, each asked for again and again until it is refused. */
async function revocations(ask: Ask, { secrets }: Ours, { ownerUrl }: EmbeddedDatabase): Promise<number[]> {
  await forgiveFailures(ownerUrl);
  return asOwner(ownerUrl, async (client) => {
    const took: number[] = [];
    for (const secret of secrets.slice(-REVOCATIONS)) {
      await until(ask, secret, 200);
      await client.query(
        "UPDATE tokens SET revoked_at = now(), revoked_by = 'bench', revocation_reason = 'policy' WHERE digest = $1",
        [Buffer.from(digestOf(secret), "hex")],
      );
      took.push(await until(ask, secret, 401));
    }
    return took;
  });
}

/** Stops every process of PostgreSQL where it stands, as a failing disk does, and lets it go on. */
async function whileHung(ask: Ask, { secrets }: Ours, database: EmbeddedDatabase): Promise<Row[]> {
  const known = secrets[0] ?? "";
  const postmaster = postmasterOf(database);
  const signal = (name: NodeJS.Signals) => {
    for (const pid of familyOf(postmaster)) sendTo(pid, name);
  };
  await until(ask, known, 200);
  signal("SIGSTOP");
  try {
    const stopped = performance.now();
    const late: number[] = [];
    for (let at = 0; at < UNKNOWN; at++) late.push((await ask(newSecret())).ms);
    let lastAllow = 0;
    for (;;) {
      const sent = performance.now() - stopped;
      if ((await ask(known)).status !== 200) break;
      lastAllow = sent;
      if (sent > GIVE_UP_MS) break;
    }
    signal("SIGCONT");
    const recovered = await until(ask, known, 200);
    return [
      {
        what: "database hung: answer about an unknown token, p99",
        value: quantile(late, 0.99),
        bar: 150,
        ...MILLISECONDS,
      },
      { what: "database hung: last allow of a known token", value: lastAllow, bar: BOUND_MS, ...MILLISECONDS },
      { what: "database back: first allow after", value: recovered, bar: 2_000, ...MILLISECONDS },
    ];
  } finally {
    signal("SIGCONT");
  }
}

/** Asks until this is the answer. @returns milliseconds until the question that was answered so was sent */
async function until(ask: Ask, secret: string, status: number): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const sent = performance.now() - begun;
    if ((await ask(secret)).status === status) return sent;
    if (sent > GIVE_UP_MS) throw new Error(`No ${status} within ${GIVE_UP_MS} ms`);
  }
}

function sendTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error; // it has just ended
  }
}
