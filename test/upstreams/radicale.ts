import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

type Known = { readonly username: string; readonly password: string };

/**
 * Starts a real Radicale that takes whoever `X-Remote-User` names for that person, and nobody else.
 * @param known somebody whom it knows by a password instead
 */
export async function startRadicale(known?: Known): Promise<Running> {
  const directory = makeDirectory("radicale");
  const file = (name: string) => join(directory.path, name);
  if (known !== undefined) writeFileSync(file("users"), `${known.username}:${known.password}\n`);
  const byPassword = `type = htpasswd\nhtpasswd_filename = ${file("users")}\nhtpasswd_encryption = plain\ndelay = 0`;
  for (;;) {
    const port = await freePort();
    const sections = [
      `[server]\nhosts = 127.0.0.1:${port}`,
      `[auth]\n${known === undefined ? "type = http_x_remote_user" : byPassword}`,
      "[rights]\ntype = owner_only",
      `[storage]\nfilesystem_folder = ${file("collections")}`,
      "[logging]\nlevel = warning",
    ];
    writeFileSync(file("radicale.conf"), `${sections.join("\n")}\n`);
    const radicale = await startProgram({
      ...{ program: "radicale", args: ["--config", file("radicale.conf")], port, output: openSync(file("log"), "a") },
      log: () => (existsSync(file("log")) ? readFileSync(file("log"), "utf8") : ""),
      remove: directory.remove,
    });
    if (radicale !== null) return radicale;
  }
}
