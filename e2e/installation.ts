import { freePort } from "#server/free-port";
import { waitUntil } from "#test/upstreams/wait-until";
import { makeDirectory } from "#test/upstreams/workspace";
import { runCli } from "./cli";
import { type Running, startNode } from "./process";

export type Verifier = Running & { readonly name: string; readonly port: number };

/** A whole Latchkey as `npm start` starts it: embedded PostgreSQL (unless told otherwise), portal, verifier. */
export type Installation = {
  readonly portalUrl: string;
  readonly verifierPort: number;
  /** Where the verifier answers Envoy. */
  readonly grpcPort: number;
  readonly env: Readonly<Record<string, string>>;
  readonly process: Running;
  /** The one-time link that start prints as long as there is no administrator. */
  setupLink(): Promise<string>;
  /** `latchkey …` on this installation; fails the test when the command does. */
  cli(args: readonly string[], stdin?: string): Promise<Record<string, unknown>>;
  /** Another verifier, as `npm run verifier` starts it. */
  addVerifier(name: string, extra?: Readonly<Record<string, string>>): Promise<Verifier>;
  stop(): Promise<void>;
};

/**
 * Starts one on ports of its own, with a data folder of its own, and waits until it is ready.
 * @param logTo a file that all goes to which it says
 */
export async function startInstallation(
  extra: Readonly<Record<string, string>> = {},
  logTo?: string,
): Promise<Installation> {
  const directory = makeDirectory("installation");
  const [portal, verifierPort, management] = [await freePort(), await freePort(), await freePort()];
  const grpcPort = await freePort();
  const env = {
    LATCHKEY_DATA_DIR: `${directory.path}/data`,
    LATCHKEY_URL: `http://localhost:${portal}`,
    PORTAL_PORT: String(portal),
    VERIFIER_PORT: String(verifierPort),
    MANAGEMENT_PORT: String(management),
    GRPC_PORT: String(grpcPort),
    VERIFIER_NAME: "gw-1",
    LOG_LEVEL: "warn",
    ...extra,
  };
  const portalUrl = env.LATCHKEY_URL;
  const main = startNode(["server/start.mjs"], env, logTo);
  if (logTo === undefined) {
    await until(main, "it says that it is ready", () => main.printed().includes("Latchkey is ready."));
  } else {
    await until(main, "the portal answers", () => isUp(`${portalUrl}/readyz`));
    await until(main, "the verifier can decide", () => isUp(`http://127.0.0.1:${management}/readyz`));
  }
  const verifiers: Verifier[] = [];
  return {
    portalUrl,
    verifierPort,
    grpcPort,
    env,
    process: main,
    setupLink: () => waitUntil("the set-up link is printed", () => /http\S+\/setup#\S+/.exec(main.printed())?.[0]),
    cli: (args, stdin) => runCli(env, args, stdin),
    async addVerifier(name, more = {}) {
      const [port, managementPort] = [await freePort(), await freePort()];
      const ports = { VERIFIER_PORT: String(port), MANAGEMENT_PORT: String(managementPort), GRPC_PORT: "0" };
      const own = { VERIFIER_NAME: name, ...ports };
      const process = startNode(["server/start.mjs", "verifier"], { ...env, ...own, ...more });
      await until(process, "it is ready", () => isUp(`http://127.0.0.1:${managementPort}/readyz`));
      const verifier = { ...process, name, port };
      verifiers.push(verifier);
      return verifier;
    },
    async stop() {
      await Promise.all(verifiers.map((verifier) => (verifier.exitCode() === null ? verifier.stop() : undefined)));
      await main.stop();
      directory.remove();
    },
  };
}

/** Waits for it; a program that ended meanwhile, or does not get so far, leaves nothing behind. */
async function until(process: Running, what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const check = async () => {
    if (process.exitCode() !== null) throw new Error(`It ended: ${process.printed()}`);
    return (await holds()) || undefined;
  };
  try {
    await waitUntil(what, check, 90_000);
  } catch (error) {
    if (process.exitCode() === null) await process.stop();
    throw new Error(`${error} ${process.printed()}`);
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: "manual" })).status < 400;
  } catch {
    return false;
  }
}
