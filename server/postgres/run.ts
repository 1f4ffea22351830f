import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { StartFailure } from "#server/start-failure";
import { waitFor } from "#server/wait";
import { POSTGRES_ENVIRONMENT } from "./create";
import type { Place } from "./place";
import { type Postmaster, readPostmaster, runs } from "./postmaster";

const START_LIMIT_MS = 60_000;
/** So often a start may fail: what a killed server left behind (its processes, its memory) takes a moment to go. */
const PATIENCE = 20;
/** What the server says last that cannot have its port. */
const NO_PORT = "could not create any TCP/IP sockets";
const STOP_LIMIT_MS = 15_000;
const LOG_LIMIT_BYTES = 5_000_000;

/** The log of the server, beside its cluster. */
export const logOf = (place: Place): string => join(place.home, "postgres.log");

/**
 * The server on this cluster: the one that still runs (from a start that was killed), or a new one. It is a process of
 * its own that outlives us, so that Ctrl-C reaches it only through `stopServer`, after everybody has written.
 * It comes back at the port where it was, so that addresses handed out stay valid.
 * @param told settings: PostgreSQL's own, `name=value`; environment: what stands there beside our own
 */
export async function startServer(place: Place, binaries: string, told: Told = {}): Promise<Postmaster> {
  let port = lastPort(place);
  let failures = 0;
  const server = await waitFor(
    async () => {
      const found = readPostmaster(place.cluster);
      if (found && runs(found.pid, place.cluster)) return found.status === "ready" ? found : undefined;
      if (found) rmSync(join(place.cluster, "postmaster.pid"), { force: true }); // its number may belong to another process now
      const started = await launch(place, binaries, told, port ?? (await freePort()));
      // What a killed server left behind goes by itself; a port that somebody else has now does not come back.
      if (!started && lastWords(place).includes(NO_PORT)) port = undefined;
      failures += started ? 0 : 1;
      return started ?? (failures < PATIENCE ? undefined : null);
    },
    START_LIMIT_MS,
    250,
  );
  if (server) {
    writeFileSync(portFile(place), `${server.port}\n`, { mode: 0o600 });
    return server;
  }
  throw new StartFailure(`The embedded PostgreSQL does not start: ${lastWords(place)} (its log: ${logOf(place)}).`);
}

const portFile = (place: Place): string => join(place.home, "port");

function lastPort(place: Place): number | undefined {
  const path = portFile(place);
  return existsSync(path) ? Number(readFileSync(path, "utf8")) || undefined : undefined;
}

type Told = {
  readonly settings?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

async function launch(place: Place, binaries: string, { settings = [], environment }: Told, port: number) {
  const log = openLog(place);
  const fixed = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `port=${port}`,
    "timezone=UTC",
    "log_timezone=UTC",
  ];
  const options = [...fixed, ...settings].flatMap((setting) => ["-c", setting]);
  const child = spawn(join(binaries, "postgres"), ["-D", place.cluster, ...options], {
    cwd: place.home,
    env: { ...POSTGRES_ENVIRONMENT, ...environment },
    stdio: ["ignore", log, log],
    detached: true,
    ...place.account,
  });
  closeSync(log);
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  child.once("exit", () => {
    ended = true;
  });
  const outcome = await waitFor(() => {
    if (ended) return "ended" as const;
    const server = readPostmaster(place.cluster);
    return server?.pid === child.pid && server?.status === "ready" ? server : undefined;
  }, START_LIMIT_MS);
  child.unref();
  return outcome === "ended" ? undefined : outcome;
}

function openLog(place: Place): number {
  const path = logOf(place);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(path, size > LOG_LIMIT_BYTES ? "w" : "a", 0o600);
}

function lastWords(place: Place): string {
  const lines = readFileSync(logOf(place), "utf8").trim().split("\n");
  return (lines.findLast((line) => /FATAL|ERROR|HINT/.test(line)) ?? lines.at(-1) ?? "").trim();
}

/** Ends the server (fast shutdown: running statements are rolled back, everything committed is kept). */
export async function stopServer(place: Place): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    const server = readPostmaster(place.cluster);
    if (!server || !runs(server.pid, place.cluster)) return;
    process.kill(server.pid, signal);
    const gone = await waitFor(() => (runs(server.pid, place.cluster) ? undefined : true), STOP_LIMIT_MS);
    if (gone) return;
  }
}
