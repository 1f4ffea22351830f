import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { freePort } from "#server/free-port";
import { waitUntil } from "./upstreams/wait-until";
import { makeDirectory } from "./upstreams/workspace";

/** A real Redis of one test file, on a port and in a directory of its own, which keeps nothing on the disk. */
export type TestRedis = {
  readonly port: number;
  readonly url: string;
  /** Where it speaks TLS, in the same way; 0 where it was not told to. */
  readonly tlsPort: number;
  /** Says something to it. @returns what it answers */
  ask(...words: readonly string[]): Promise<unknown>;
  signal(name: NodeJS.Signals): void;
  /** Kills it, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it anew where it was, with nothing in it. */
  start(): Promise<void>;
  /** To be rid of it. */
  close(): Promise<void>;
};

type Told = {
  /** Certificate and key, as files, where it speaks TLS as well. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** What says a port that is free at this moment. */
  readonly nextPort?: () => Promise<number>;
};

/** @param args its configuration as arguments, such as `["--requirepass", "x"]`; then `url` is yours to make */
export async function startRedis(
  args: readonly string[] = [],
  { tls, nextPort = freePort }: Told = {},
): Promise<TestRedis> {
  const directory = makeDirectory("redis");
  const ports = async () => ({ port: await nextPort(), tlsPort: tls === undefined ? 0 : await nextPort() });
  let { port, tlsPort } = await ports();
  let child: ChildProcess | undefined;
  const hasEnded = () => child === undefined || child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    if (!hasEnded()) child?.kill("SIGKILL");
    await waitUntil("redis is gone", () => hasEnded() || undefined);
  };
  /** @returns false where it ended at once: somebody else may have the port, and answers there */
  const begun = async (): Promise<boolean> => {
    const own = ["--port", String(port), "--bind", "127.0.0.1", "--dir", directory.path, "--save", ""];
    const pid = ["--pidfile", join(directory.path, "redis.pid")];
    const secured = tls ? ["--tls-port", String(tlsPort), "--tls-cert-file", tls.cert, "--tls-key-file", tls.key] : [];
    const started = spawn("redis-server", [...own, ...pid, ...secured, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    child = started;
    let said = "";
    started.stdout.on("data", (data) => {
      said += String(data);
    });
    let failed: Error | undefined;
    started.once("error", (error) => {
      failed = new Error("redis-server cannot be started. Install it: apt-get install redis-server", { cause: error });
    });
    return waitUntil("redis listens", () => {
      if (failed) throw failed;
      if (hasEnded()) return false;
      return said.includes("Ready to accept connections") || undefined;
    });
  };
  const start = async () => {
    if (!(await begun())) throw new Error(`redis-server ended at its start on port ${port}`);
  };
  for (let tries = 1; !(await begun()); tries += 1) {
    if (tries === 5) throw new Error(`redis-server ends at its start: ${args.join(" ")}`);
    ({ port, tlsPort } = await ports());
  }
  const url = `redis://127.0.0.1:${port}`;
  return {
    ...{ port, url, tlsPort, kill, start },
    async ask(...words) {
      const client = createClient({ url, RESP: 2, disableClientInfo: true, maintNotifications: "disabled" });
      client.on("error", () => undefined); // the call rejects
      await client.connect();
      try {
        return await client.sendCommand([...words]);
      } finally {
        client.destroy();
      }
    },
    signal: (name) => void child?.kill(name),
    async close() {
      await kill();
      directory.remove();
    },
  };
}
