import { openSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import type { Lines } from "./edge";
import { startProgram } from "./program";
import { makeDirectory } from "./workspace";

/** What Kong would show to a function of its plugin `pre-function`. */
export type KongRequest = {
  readonly method: string;
  readonly lines: Lines;
  /** As in kong.ctx.shared, from the phase before. */
  readonly shared: string;
  /** Of nginx: request_uri, args, is_args, upstream_uri and the like. */
  readonly variables: Readonly<Record<string, string>>;
  readonly route: string;
};

/** What such a function did, in its order: each an order with a name and values. */
export type KongOrders = readonly (readonly string[])[];

// The function runs in the Lua of HAProxy, as a service of its own that answers with what it has done; resty.http is the
// one stand-in that does something: it asks over a connection.
const HARNESS = readFileSync(join(import.meta.dirname, "kong-stand-ins.lua"), "utf8");

/** Runs functions for Kong, each request with a new one. */
export async function startKongLua(functions: Readonly<Record<"access" | "header_filter", string>>) {
  const directory = makeDirectory("kong");
  const file = (name: string) => join(directory.path, name);
  const quoted = Object.entries(functions).map(([phase, text]) => `  ${phase} = [=====[\n${text}]=====],`);
  writeFileSync(file("harness.lua"), `FUNCTIONS = {\n${quoted.join("\n")}\n}\n${HARNESS}`);
  for (;;) {
    const port = await freePort();
    writeFileSync(
      file("haproxy.cfg"),
      `global\n  lua-load ${file("harness.lua")}\n  tune.bufsize 131072\ndefaults\n  mode http\n  timeout client 60s\n  timeout connect 5s\n  timeout server 60s\nfrontend kong\n  bind 127.0.0.1:${port}\n  http-request use-service lua.kong\n`,
    );
    const haproxy = await startProgram({
      ...{ program: "haproxy", args: ["-db", "-f", file("haproxy.cfg")], port, output: openSync(file("log"), "a") },
      ...{ log: () => readFileSync(file("log"), "utf8"), remove: directory.remove },
    });
    if (haproxy !== null)
      return { ...haproxy, run: (phase: "access" | "header_filter", asked: KongRequest) => run(port, phase, asked) };
  }
}

const line = (...words: readonly string[]): string => words.map((word) => encodeURIComponent(word)).join(" ");

async function run(port: number, phase: string, { method, lines, shared, variables, route }: KongRequest) {
  const body = [
    line("phase", phase),
    line("method", method),
    line("route", route),
    line("shared", shared),
    ...Object.entries(variables).map(([name, value]) => line("variable", name, value)),
    ...lines.map(([name, value]) => line("header", name, value)),
  ].join("\n");
  const said = await post(port, body);
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
