import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { nginxFor, type Site, writeSite } from "./nginx-site";
import { waitUntil } from "./wait-until";
import { makeDirectory } from "./workspace";

export type Nginx = {
  readonly port: number;
  /** Its error log so far: what a failing test wants to see. */
  log(): string;
  stop(): Promise<void>;
};

/**
 * Starts a real nginx with the configuration in gateways/nginx exactly as shipped; only what that marks as EDIT, the
 * addresses and the certificates are replaced (nginx-site.ts, which fails when a line to replace is not there).
 */
export async function startNginx(site: Site): Promise<Nginx> {
  const directory = makeDirectory("nginx");
  const shipped = join(projectFolder(), "gateways", "nginx");
  for (;;) {
    const port = await freePort();
    cpSync(shipped, join(directory.path, "latchkey"), { recursive: true });
    writeSite(directory.path, site, port);
    writeFileSync(join(directory.path, "nginx.conf"), nginxFor(directory.path));
    const key = join(directory.path, "latchkey", "gateway-key.conf");
    writeFileSync(key, readFileSync(`${key}.example`, "utf8").replace("CHANGE-ME", site.gatewaySecret));
    chmodSync(key, 0o600);
    const log = () => readFileSync(join(directory.path, "error.log"), "utf8");
    const child = spawn("nginx", ["-p", directory.path, "-c", "nginx.conf", "-e", "error.log"], { stdio: "ignore" });
    const outcome = await readiness(child, port);
    if (outcome === "listening") return { port, log, stop: () => end(child, directory.remove) };
    if (!log().includes("Address already in use")) throw new Error(`nginx does not start: ${log()}`);
  }
}

async function readiness(child: ChildProcess, port: number): Promise<"listening" | "ended"> {
  let failed: Error | null = null;
  child.once("error", (error) => {
    failed = error;
  });
  return await waitUntil("nginx listens", async () => {
    if (failed) throw new Error("nginx cannot be started. Install it: apt-get install nginx", { cause: failed });
    if (child.exitCode !== null) return "ended";
    return (await accepts(port)) ? "listening" : undefined;
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

async function end(child: ChildProcess, remove: () => void): Promise<void> {
  child.kill("SIGTERM");
  await waitUntil("nginx has ended", () => (child.exitCode !== null || child.signalCode !== null ? true : undefined));
  remove();
}
