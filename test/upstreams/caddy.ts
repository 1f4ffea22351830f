import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { caddyBehind } from "#lib/gateways/behind-proxies";
import { caddyNamed } from "#lib/gateways/named-files";
import { caddyReaching } from "#lib/gateways/reaching";
import { tokenNames } from "#lib/gateways/token-names";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { edit, rewrite } from "./edit";
import type { ForwardSite } from "./forwarding";
import { type Running, startProgram } from "./program";
import { type Reached, reaching } from "./reached";
import { makeDirectory } from "./workspace";

const siteAt = (host: string, port: number, { own }: Reached): string =>
  own ? `https://${host}:${port} {\n\ttls ${own.cert} ${own.key}` : `http://${host}:${port} {`;

/**
 * Starts a real Caddy with gateways/caddy as shipped; only what that marks as EDIT and the addresses are replaced.
 * @param changes what else is done to the sites
 */
export async function startCaddy(
  {
    verifierPort,
    gatewayKey = "gw1",
    gatewaySecret,
    upstreamPort,
    apiHost,
    mainHost,
    proxies = [],
    names = tokenNames([]),
    others = [],
    remoteUser = false,
    ...reached
  }: ForwardSite,
  changes: (sites: string) => string = (sites) => sites,
): Promise<Running> {
  const directory = makeDirectory("caddy");
  const file = (name: string) => join(directory.path, name);
  for (;;) {
    const port = await freePort();
    cpSync(join(projectFolder(), "gateways", "caddy"), directory.path, { recursive: true });
    reaching(reached, verifierPort, { [file("latchkey.caddyfile")]: caddyReaching });
    edit(file("latchkey.caddyfile"), [
      ["/forward/gw1?", `/forward/${gatewayKey}?`],
      ...(remoteUser ? [[/#user (?=request_header|import)/g, ""] as const] : []),
    ]);
    rewrite(file("latchkey.caddyfile"), (text) => caddyNamed(caddyBehind(text, proxies), names));
    edit(file("example.caddyfile"), [
      ["127.0.0.1:8080 jira-api.example.com", `127.0.0.1:${upstreamPort} ${apiHost}`],
      ["127.0.0.1:8080 jira.example.com", `127.0.0.1:${upstreamPort} ${mainHost}`],
      ["jira-api.example.com {", siteAt(apiHost, port, reached)],
      ["jira.example.com {", siteAt(mainHost, port, reached)],
      ["https:// {", siteAt("", port, reached)],
    ]);
    const further = others.map(({ address, host = address, upstreamPort: to }) => {
      const attachment = address === mainHost ? "latchkey_main_host" : "latchkey_api_host";
      return `${siteAt(host, port, reached)}\n\timport ${attachment} 127.0.0.1:${to} ${host}\n}\n`;
    });
    rewrite(file("example.caddyfile"), (text) => changes([text, ...further].join("\n")));
    const frame = `{\n\tadmin off\n\tauto_https off\n\tlog {\n\t\toutput file ${file("caddy.log")}\n\t}\n}\n`;
    writeFileSync(file("Caddyfile"), `${frame}import example.caddyfile\n`);
    const caddy = await startProgram({
      ...{ program: "caddy", args: ["run", "--config", file("Caddyfile"), "--adapter", "caddyfile"], port },
      hosts: [apiHost, mainHost],
      env: { LATCHKEY_GATEWAY_KEY: gatewaySecret, XDG_CONFIG_HOME: file("config"), XDG_DATA_HOME: file("data") },
      log: () => (existsSync(file("caddy.log")) ? readFileSync(file("caddy.log"), "utf8") : "it wrote no log"),
      remove: directory.remove,
    });
    if (caddy !== null) return caddy;
  }
}
