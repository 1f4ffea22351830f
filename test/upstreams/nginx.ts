import { chmodSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { API_HOST, MAIN_HOST, nginxFor, type Site, writeSite } from "./nginx-site";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

/** `accesses` is its access log, of both hosts. */
export type Nginx = Running & { readonly accesses: () => string };

/**
 * Starts a real nginx with the configuration in gateways/nginx exactly as shipped; only what that marks as EDIT, the
 * addresses and the certificates are replaced (nginx-site.ts, which fails when a line to replace is not there).
 */
export async function startNginx(site: Site): Promise<Nginx> {
  const directory = makeDirectory("nginx");
  const hosts = [API_HOST, MAIN_HOST];
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
    const args = ["-p", directory.path, "-c", "nginx.conf", "-e", "error.log"];
    const nginx = await startProgram({ program: "nginx", args, port, hosts, log, remove: directory.remove });
    const accesses = () => readFileSync(join(directory.path, "latchkey.log"), "utf8");
    if (nginx !== null) return { ...nginx, accesses };
  }
}
