import type { Configuration } from "#lib/env";
import { log } from "#lib/log";
import { isSetUp } from "#server/database/migrate-and-grant";
import { type Database, openDatabase } from "#server/database/open";
import { type Child, keepRunning, program } from "./child";
import { portalEnvironment, verifierEnvironment } from "./child-environment";
import { atTheEdge } from "./edge";
import { endInOrder } from "./ending";
import { freePort } from "./free-port";
import { announce, bringUpToDate, configured, isQuarantined, newSetupCode } from "./installation";
import { report } from "./report";
import { waitFor } from "./wait";

const LIMIT_MS = 29_000;
const REOPEN_PAUSE_MS = 1_000;

const QUARANTINED =
  "This installation is in quarantine, and every token is refused: latchkey journal show says why, docs/operations.md what to do.";

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** `up portal` leaves the verifier out, and the other way round: for containers, which run one each. */
const asked = process.argv.slice(2).filter((name) => name === "portal" || name === "verifier");
const wanted = (name: "portal" | "verifier"): boolean => asked.length === 0 || asked.includes(name);

/** Everything on one machine: the database, its migrations, the portal and the verifier, watched over. */
async function up(): Promise<void> {
  if (process.env.PORTAL_PORT?.trim() === "0") process.env.PORTAL_PORT = String(await freePort());
  const configuration = configured();
  let database = await openDatabase(configuration, true);
  const children: Child[] = [];
  let ending = false;
  const end = async (lameDuckMs: number) => {
    ending = true;
    await Promise.all(children.map((child) => child.stop(lameDuckMs)));
    await database.close();
  };
  endInOrder({ stop: end, atOnce: () => children.map((child) => child.kill()), limitMs: LIMIT_MS });
  try {
    announce(database);
    process.env.LATCHKEY_URL = configuration.url;
    const early = await isSetUp(database.ownerUrl);
    const quarantine = () => isQuarantined(database, configuration);
    const before = early && (await quarantine());
    const begin = () => {
      const keep = (name: string, env: NodeJS.ProcessEnv) => children.push(keepRunning(name, program(name, env)));
      if (wanted("portal")) keep("portal", portalEnvironment(process.env, database));
      if (wanted("verifier")) keep("verifier", verifierEnvironment(process.env, database));
    };
    if (early) begin(); // they take their time, and what is left to do here changes nothing for them
    const { outcome: setupCode } = await bringUpToDate(database, say, newSetupCode);
    const quarantined = early ? before : await quarantine();
    if (!early) begin();
    const addresses = await Promise.all(children.map((child) => child.ready));
    for (const line of report(configuration, database, Object.assign({}, ...addresses), setupCode)) say(line);
    if (quarantined) say(QUARANTINED);
  } catch (thrown) {
    if (ending) return; // told to end while still starting
    await end(0);
    throw thrown;
  }
  for (;;) {
    await database.lost;
    if (ending) return;
    database = await reopened(configuration, database);
  }
}

/** An embedded server that went away is started again where it was, so that everybody finds it. */
async function reopened(configuration: Configuration, lost: Database): Promise<Database> {
  log.error("database.lost", {});
  const again = await waitFor(
    () =>
      openDatabase(configuration, true).catch((error: unknown) => {
        log.error("database.away", { error });
        return undefined;
      }),
    Number.POSITIVE_INFINITY,
    REOPEN_PAUSE_MS,
  );
  log.info("database.back", {});
  return again ?? lost;
}

await atTheEdge(up);
