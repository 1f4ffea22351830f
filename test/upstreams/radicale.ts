import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

/** Starts a real Radicale that takes whoever `X-Remote-User` names for that person, and nobody else. */
export async function startRadicale(): Promise<Running> {
  const directory = makeDirectory("radicale");
  const file = (name: string) => join(directory.path, name);
  for (;;) {
    const port = await freePort();
    const sections = [
      `[server]\nhosts = 127.0.0.1:${port}`,
      "[auth]\ntype = http_x_remote_user",
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
