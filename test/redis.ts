import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { freePort } from "#server/free-port";
import { waitUntil } from "./upstreams/wait-until";
import { makeDirectory } from "./upstreams/workspace";

/** A real Redis of one test file, on a port and in a directory of its own, which keeps nothing on the disk. */
export type TestRedis = {
  readonly port: number;
  readonly url: string;
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

/** @param args its configuration as arguments, such as `["--requirepass", "x"]`; then `url` is yours to make */
export async function startRedis(args: readonly string[] = []): Promise<TestRedis> {
  const directory = makeDirectory("redis");
  let port = await freePort();
  let child: ChildProcess | undefined;
  const hasEnded = () => child === undefined || child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    if (!hasEnded()) child?.kill("SIGKILL");
    await waitUntil("redis is gone", () => hasEnded() || undefined);
  };
  /** @returns false where it ended at once: somebody else may have the port */
  const begun = async (): Promise<boolean> => {
    const own = ["--port", String(port), "--bind", "127.0.0.1", "--dir", directory.path, "--save", ""];
    const pid = ["--pidfile", join(directory.path, "redis.pid")];
    child = spawn("redis-server", [...own, ...pid, ...args], { stdio: "ignore" });
    let failed: Error | undefined;
    child.once("error", (error) => {
      failed = new Error("redis-server cannot be started. Install it: apt-get install redis-server", { cause: error });
    });
    return waitUntil("redis listens", async () => {
      if (failed) throw failed;
      if (hasEnded()) return false;
      return (await accepts(port)) || undefined;
    });
  };
  const start = async () => {
    if (!(await begun())) throw new Error(`redis-server ended at its start on port ${port}`);
  };
  for (let tries = 1; !(await begun()); tries += 1) {
    if (tries === 5) throw new Error(`redis-server ends at its start: ${args.join(" ")}`);
    port = await freePort();
  }
  const url = `redis://127.0.0.1:${port}`;
  return {
    ...{ port, url, kill, start },
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

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
