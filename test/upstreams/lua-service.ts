import { openSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

/** What a script is shown, and what it did in its order: each an order or a fact with a name and values. */
export type Words = readonly string[];

/** Lua of a gateway's configuration that runs. */
export type LuaService = Running & { readonly ask: (told: readonly Words[]) => Promise<readonly Words[]> };

/** A file of stand-ins beside this one. */
export const standIns = (file: string): string => readFileSync(join(import.meta.dirname, file), "utf8");

/**
 * Runs Lua in HAProxy, as a service of its own that answers with what was done.
 * @param service its name, by which the Lua registers it
 */
export async function startLuaService(service: string, lua: string): Promise<LuaService> {
  const directory = makeDirectory(service);
  const file = (name: string) => join(directory.path, name);
  writeFileSync(file("harness.lua"), lua);
  for (;;) {
    const port = await freePort();
    writeFileSync(
      file("haproxy.cfg"),
      `global\n  lua-load ${file("harness.lua")}\n  tune.bufsize 131072\ndefaults\n  mode http\n  timeout client 60s\n  timeout connect 5s\n  timeout server 60s\nfrontend ${service}\n  bind 127.0.0.1:${port}\n  http-request use-service lua.${service}\n`,
    );
    const haproxy = await startProgram({
      ...{ program: "haproxy", args: ["-db", "-f", file("haproxy.cfg")], port, output: openSync(file("log"), "a") },
      ...{ log: () => readFileSync(file("log"), "utf8"), remove: directory.remove },
    });
    if (haproxy !== null) return { ...haproxy, ask: (told) => ask(port, told) };
  }
}

async function ask(port: number, told: readonly Words[]): Promise<readonly Words[]> {
  const line = (words: Words): string => words.map((word) => encodeURIComponent(word)).join(" ");
  const said = await post(port, told.map(line).join("\n"));
  return said
    .split("\n")
    .filter((each) => each !== "")
    .map((each) => each.split(" ").map((word) => decodeURIComponent(word)));
}

function post(port: number, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-length": Buffer.byteLength(body) };
    const asked = request({ host: "127.0.0.1", port, method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject).on("end", () => resolve(text));
    });
    asked.on("error", reject).end(body);
  });
}
