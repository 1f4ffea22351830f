import { chmodSync, cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apacheBehind } from "#lib/gateways/behind-proxies";
import { apacheNamed } from "#lib/gateways/named-files";
import { apacheLuaReaching } from "#lib/gateways/reaching";
import { tokenNames } from "#lib/gateways/token-names";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { edit, rewrite } from "./edit";
import type { ForwardSite } from "./forwarding";
import { type Running, startProgram } from "./program";
import { type Own, reaching } from "./reached";
import { makeDirectory } from "./workspace";

const MODULES = "/usr/lib/apache2/modules";
const LOADED = ["mpm_event", "authz_core", "lua", "headers", "setenvif", "proxy", "proxy_http"];

/** The frame around the shipped files: what Debian's own apache2.conf is elsewhere. */
export const apacheFrame = (root: string, addresses: readonly string[], modules = LOADED): string => `ServerRoot ${root}
PidFile ${root}/httpd.pid
DefaultRuntimeDir ${root}
ErrorLog /dev/stderr
ServerName localhost
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join("\n")}
User www-data
Group www-data
LimitRequestFieldSize 65536
${addresses.map((address) => `Listen ${address}`).join("\n")}
<Directory />
  Require all granted
</Directory>
Include ${root}/latchkey.conf
`;

/** What `a2enmod http2` brings. */
const DEBIANS_HTTP2 = "Protocols h2 h2c http/1.1\n";

const withOwn = ({ cert, key }: Own) =>
  [
    [/SSLCertificateFile .*/g, `SSLCertificateFile ${cert}`],
    [/SSLCertificateKeyFile .*/g, `SSLCertificateKeyFile ${key}`],
  ] as const;

/** What an operator adds for further applications: a host for each, like the one that is shipped. */
function withOthers(text: string, { mainHost, others = [] }: ForwardSite): string {
  const hosts = text.match(/^<VirtualHost[\s\S]*?^<\/VirtualHost>\n/gm) ?? [];
  const further = others.map(({ address, host = address, upstreamPort }) =>
    (hosts[address === mainHost ? 1 : 0] ?? "")
      .replaceAll("127.0.0.1:8080", `127.0.0.1:${upstreamPort}`)
      .replace(/ServerName .*/, `ServerName ${host}`)
      .replace(/LATCHKEY_HOSTS=[^"]*/, `LATCHKEY_HOSTS=${host}`),
  );
  return [text, ...further].join("\n");
}

/**
 * Starts a real httpd with gateways/apache as shipped; only what that marks as EDIT and the addresses are replaced.
 * @param breaks what else is done to the script
 */
export async function startApache(site: ForwardSite, breaks: Parameters<typeof edit>[1] = []): Promise<Running> {
  const { verifierPort, gatewayKey = "gw1", gatewaySecret, upstreamPort, apiHost, mainHost } = site;
  const { own, proxies = [], names = tokenNames([]) } = site;
  const directory = makeDirectory("apache");
  const file = (name: string) => join(directory.path, name);
  for (;;) {
    const port = await freePort();
    cpSync(join(projectFolder(), "gateways", "apache"), directory.path, { recursive: true });
    chmodSync(file("latchkey.lua"), 0o644);
    mkdirSync(file("run"), { recursive: true });
    reaching(site, verifierPort, { [file("latchkey.lua")]: apacheLuaReaching });
    edit(file("latchkey.lua"), [
      ["/forward/gw1", `/forward/${gatewayKey}`],
      ...(site.remoteUser ? [["REMOTE_USER = false", "REMOTE_USER = true"] as const] : []),
      ...breaks,
    ]);
    edit(file("latchkey.conf"), [
      ...(own ? withOwn(own) : [[/^ {2}SSL.*\n/gm, ""] as const]),
      ["<VirtualHost *:443>\n  ServerName jira-api", `<VirtualHost ${apiHost}:${port}>\n  ServerName jira-api`],
      ["<VirtualHost *:443>\n  ServerName jira.", `<VirtualHost ${mainHost}:${port}>\n  ServerName jira.`],
      ["LATCHKEY_HOSTS=jira-api.example.com", `LATCHKEY_HOSTS=${apiHost}`],
      ["LATCHKEY_HOSTS=jira.example.com", `LATCHKEY_HOSTS=${mainHost}`],
      [/\/etc\/apache2\/latchkey\.lua/g, file("latchkey.lua")],
    ]);
    rewrite(file("latchkey.conf"), (text) => withOthers(text, site));
    edit(file("latchkey.conf"), [[/127\.0\.0\.1:8080/g, `127.0.0.1:${upstreamPort}`]]);
    rewrite(file("latchkey.conf"), (text) => apacheBehind(text, proxies));
    rewrite(file("latchkey.lua"), (text) => apacheNamed(text, names));
    const listens = [`${apiHost}:${port}`, `${mainHost}:${port}`];
    const frame = own
      ? apacheFrame(directory.path, listens, [...LOADED, "ssl", "http2"])
      : apacheFrame(directory.path, listens);
    writeFileSync(file("httpd.conf"), own ? `${DEBIANS_HTTP2}${frame}` : frame);
    const apache = await startProgram({
      ...{ program: "apache2", args: ["-D", "FOREGROUND", "-f", file("httpd.conf")], port },
      hosts: [apiHost, mainHost],
      env: { LATCHKEY_GATEWAY_KEY: gatewaySecret },
      log: () => readFileSync(file("log"), "utf8"),
      output: openSync(file("log"), "a"),
      remove: directory.remove,
    });
    if (apache !== null) return apache;
  }
}
