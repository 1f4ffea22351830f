import { cpSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { haproxyBehind } from "#lib/gateways/behind-proxies";
import { haproxyLuaNamed, haproxyNamed } from "#lib/gateways/named-files";
import { haproxyLuaReaching, haproxyReaching } from "#lib/gateways/reaching";
import { tokenNames } from "#lib/gateways/token-names";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { edit, rewrite } from "./edit";
import type { ForwardSite } from "./forwarding";
import { type Running, startProgram } from "./program";
import { reaching } from "./reached";
import { makeDirectory } from "./workspace";

/** What an operator adds for further applications: a name for the frontend, and a backend. */
function withOthers(text: string, { mainHost, others = [] }: ForwardSite): string {
  return others.reduce((all, { address, host = address, upstreamPort }, at) => {
    const shipped = address === mainHost ? "jira.example.com" : "jira-api.example.com";
    const line = new RegExp(`^ {2}http-request set-var.* str\\(jira\\) .* ${shipped} \\}\n`, "m").exec(all)?.[0] ?? "";
    const own = line.replace("str(jira)", `str(other${at})`).replace(shipped, host);
    if (line === "") throw new Error("latchkey.cfg names no host");
    return `${all.replace(line, `${line}${own}`)}\nbackend other${at}\n  server other${at} 127.0.0.1:${upstreamPort}\n`;
  }, text);
}

/**
 * Starts a real HAProxy with gateways/haproxy as shipped; only what that marks as EDIT and the addresses are replaced.
 * @param breaks what else is done to the script
 */
export async function startHaproxy(site: ForwardSite, breaks: Parameters<typeof edit>[1] = []): Promise<Running> {
  const { verifierPort, gatewayKey = "gw1", gatewaySecret, upstreamPort, apiHost, mainHost } = site;
  const { own, proxies = [], names = tokenNames([]) } = site;
  const speaks = own ? ` ssl crt ${own.both}` : "";
  const directory = makeDirectory("haproxy");
  const file = (name: string) => join(directory.path, name);
  for (;;) {
    const port = await freePort();
    cpSync(join(projectFolder(), "gateways", "haproxy"), directory.path, { recursive: true });
    reaching(site, verifierPort, {
      [file("latchkey.lua")]: haproxyLuaReaching,
      [file("latchkey.cfg")]: haproxyReaching,
    });
    edit(file("latchkey.lua"), [["/forward/gw1", `/forward/${gatewayKey}`], ...breaks]);
    rewrite(file("latchkey.cfg"), (text) => withOthers(text, site));
    edit(file("latchkey.cfg"), [
      ["/etc/haproxy/latchkey.lua", file("latchkey.lua")],
      [own ? /:8443 ssl crt \S+/ : /:8443 ssl .*/, `${apiHost}:${port}${speaks}`],
      [own ? /:443 ssl crt \S+/ : /:443 ssl .*/, `${mainHost}:${port}${speaks}`],
      ["-m str -i jira-api.example.com }", `-m str -i ${apiHost} }`],
      ["-m str -i jira.example.com }", `-m str -i ${mainHost} }`],
      ["127.0.0.1:8080", `127.0.0.1:${upstreamPort}`],
      ...(site.remoteUser ? [[/#user (?=http-request)/g, ""] as const] : []),
    ]);
    rewrite(file("latchkey.cfg"), (text) => haproxyNamed(haproxyBehind(text, proxies), names));
    rewrite(file("latchkey.lua"), (text) => haproxyLuaNamed(text, names));
    const haproxy = await startProgram({
      ...{ program: "haproxy", args: ["-db", "-f", file("latchkey.cfg")], port, output: openSync(file("log"), "a") },
      hosts: [apiHost, mainHost],
      env: { LATCHKEY_GATEWAY_KEY: gatewaySecret },
      log: () => (existsSync(file("log")) ? readFileSync(file("log"), "utf8") : ""),
      remove: directory.remove,
    });
    if (haproxy !== null) return haproxy;
  }
}
