import { chmodSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { freePort } from "#server/free-port";
import { apacheFrame } from "./apache";
import { edit } from "./edit";
import type { EmulatedSite } from "./emulated";
import { portalFiles } from "./portal-file";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

type Edits = Parameters<typeof edit>[1];
type PageProgram = {
  /** What an operator without TLS changes, and where the program's other files are; `at` is an address with its port. */
  readonly edits: (folder: string, at: string, site: EmulatedSite) => Readonly<Record<string, Edits>>;
  readonly program: string;
  readonly args: (folder: string) => readonly string[];
  /** What stands around the files. */
  readonly frame: (folder: string, at: string) => Readonly<Record<string, string>>;
};

const PROGRAMS: Readonly<Record<string, PageProgram>> = {
  Caddy: {
    edits: (_folder, at, { apiHost, beside = [] }) => {
      const hosts = [apiHost, ...beside.map(({ host }) => host)];
      const inClear = (host: string) => `\nhttp://${host}:${at.split(":")[1]} {`;
      return {
        Caddyfile: [["\nhttps:// {", inClear("")], ...hosts.map((host) => [`\n${host} {`, inClear(host)] as const)],
      };
    },
    program: "caddy",
    args: (folder) => ["run", "--config", join(folder, "framed"), "--adapter", "caddyfile"],
    frame: () => ({ framed: "{\n\tadmin off\n\tauto_https off\n}\nimport Caddyfile\n" }),
  },
  HAProxy: {
    edits: (folder, at, { mainHost }) => ({
      "haproxy.cfg": [
        ["/etc/haproxy/latchkey.lua", join(folder, "latchkey.lua")],
        [/:8443 ssl .*/, at],
        [/:443 ssl .*/, at.replace("127.0.0.1", "127.0.0.2")],
        ["jira.main-host.invalid", mainHost],
      ],
    }),
    program: "haproxy",
    args: (folder) => ["-db", "-f", join(folder, "haproxy.cfg")],
    frame: () => ({}),
  },
  "Apache httpd": {
    edits: (folder, at, { mainHost }) => ({
      "latchkey.conf": [
        [/^ {2}SSL.*\n/gm, ""],
        [/\*:443/g, at],
        [/\/etc\/apache2\/latchkey\.lua/g, join(folder, "latchkey.lua")],
        [/jira\.main-host\.invalid/g, mainHost],
      ],
    }),
    program: "apache2",
    args: (folder) => ["-D", "FOREGROUND", "-f", join(folder, "httpd.conf")],
    frame: (folder, at) => ({ "httpd.conf": apacheFrame(folder, [at]) }),
  },
};

/** Starts a real program with the files of the gateway's page. */
export async function startFromPage(name: string, site: EmulatedSite): Promise<Running> {
  const { edits, program, args, frame } = PROGRAMS[name] ?? {};
  if (!edits || !program || !args || !frame) throw new Error(`Nobody starts ${name}`);
  const directory = makeDirectory("page");
  const file = (each: string) => join(directory.path, each);
  mkdirSync(file("run"));
  for (;;) {
    const port = await freePort();
    const at = `127.0.0.1:${port}`;
    for (const { path, text } of await portalFiles(name, site)) {
      writeFileSync(file(basename(path)), text);
      chmodSync(file(basename(path)), 0o644);
    }
    for (const [each, changes] of Object.entries(edits(directory.path, at, site))) edit(file(each), changes);
    for (const [each, text] of Object.entries(frame(directory.path, at))) writeFileSync(file(each), text);
    const running = await startProgram({
      ...{ program, args: args(directory.path), port, output: openSync(file("log"), "a"), remove: directory.remove },
      env: { LATCHKEY_GATEWAY_KEY: site.gatewaySecret, XDG_CONFIG_HOME: file("config"), XDG_DATA_HOME: file("data") },
      log: () => (existsSync(file("log")) ? readFileSync(file("log"), "utf8") : ""),
    });
    if (running !== null) return running;
  }
}
