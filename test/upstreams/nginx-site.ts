import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nginxHttpNamed, nginxMainHostNamed, nginxServerNamed } from "#lib/gateways/named-files";
import { nginxHttpReaching, nginxServerReaching } from "#lib/gateways/reaching";
import { type TokenNames, tokenNames } from "#lib/gateways/token-names";
import { edit, rewrite } from "./edit";
import { type Reached, reaching } from "./reached";

/** What an operator would fill in. */
export type Site = Reached & {
  readonly verifierPorts: readonly number[];
  readonly gatewaySecret: string;
  /** Port of the application that both hosts of example.conf show. */
  readonly upstreamPort: number;
  readonly others?: readonly Other[];
  readonly portalUrl?: string;
  /** What stands in a server block of the operator's, the default one where the two hosts listen. */
  readonly defaultServer?: string;
  /** Names of a server block besides its first. */
  readonly furtherNames?: readonly (readonly [first: string, further: string])[];
  /** Proxies in front of it, as its README says. */
  readonly proxies?: readonly string[];
  /** Where else applications take tokens: then with what the portal adds for those. */
  readonly names?: TokenNames;
  /** With the line for applications that know the user by X-Remote-User. */
  readonly remoteUser?: boolean;
};

/** A further application behind a host of its own. */
export type Other = {
  /** Where it listens on the loopback: beside one of the two hosts, or alone. */
  readonly address: string;
  /** By what name nginx knows it; its address unless something else is said. */
  readonly host?: string;
  readonly upstreamPort: number;
  readonly attachment?: "api-host" | "main-host";
};

/** Where the two hosts of example.conf listen in tests: the API host, and the main host (credentials only). */
export const API_HOST = "127.0.0.1";
export const MAIN_HOST = "127.0.0.2";

/** The line of latchkey.conf that is copied for a further name. */
const FURTHER = /^ {2}# EDIT: .* server block: (.*)$/m;

/** Does to the shipped files what their README asks the operator to do. */
export function writeSite(root: string, site: Site, port: number): void {
  const folder = join(root, "latchkey");
  const [first = 0, ...more] = site.verifierPorts;
  reaching(site, first, {
    [join(folder, "latchkey.conf")]: nginxHttpReaching,
    [join(folder, "server.conf")]: nginxServerReaching,
  });
  edit(join(folder, "latchkey.conf"), [
    ["  keepalive 32;\n", `${more.map((each) => `  server 127.0.0.1:${each};\n`).join("")}  keepalive 32;\n`],
    ["http://localhost:3000", site.portalUrl ?? "http://localhost:3000"],
  ]);
  const further = (text: string, [first, name]: readonly [string, string]) =>
    text.replace(FURTHER, (all, line) => `  ${line.replace("FIRST", first).replace("FURTHER", name)}\n${all}`);
  rewrite(join(folder, "latchkey.conf"), (text) => (site.furtherNames ?? []).reduce(further, text));
  const { names = tokenNames([]) } = site;
  rewrite(join(folder, "latchkey.conf"), (text) => nginxHttpNamed(text, names));
  rewrite(join(folder, "server.conf"), (text) => nginxServerNamed(text, names));
  rewrite(join(folder, "main-host.conf"), (text) => nginxMainHostNamed(text, names));
  if (site.remoteUser) {
    edit(join(folder, "to-upstream.conf"), [[/(?<=X-Remote-User )"";.*\$latchkey_user .*/, "$latchkey_user;"]]);
  }
  const example = readFileSync(join(folder, "example.conf"), "utf8");
  const { own } = site;
  const speaks = own ? " ssl http2" : "";
  edit(join(folder, "example.conf"), [
    ["server 127.0.0.1:8080;", `server 127.0.0.1:${site.upstreamPort};`],
    [/^ {2}ssl_certificate {5}.*\n/gm, own ? `  ssl_certificate ${own.cert};\n` : ""],
    [/^ {2}ssl_certificate_key .*\n/gm, own ? `  ssl_certificate_key ${own.key};\n` : ""],
    [/^ {2}access_log \/var\/log\/nginx\//gm, `  access_log ${root}/`],
    [
      "443 ssl http2;\n  server_name jira-api.example.com;",
      `${API_HOST}:${port}${speaks};\n  server_name ${API_HOST};`,
    ],
    ["443 ssl http2;\n  server_name jira.example.com;", `${MAIN_HOST}:${port}${speaks};\n  server_name ${MAIN_HOST};`],
  ]);
  const others = (site.others ?? []).map((other, index) => serverOf(example, other, port, index));
  const proxies = (site.proxies ?? []).map((each) => `set_real_ip_from ${each};`);
  const found = proxies.length > 0 ? ["real_ip_header X-Forwarded-For;", "real_ip_recursive on;"] : [];
  const listens = [API_HOST, MAIN_HOST].map((host) => `listen ${host}:${port} default_server;`).join(" ");
  const ahead = site.defaultServer === undefined ? [] : [`server { ${listens} ${site.defaultServer} }`];
  writeFileSync(join(folder, "others.conf"), [...ahead, ...others, ...proxies, ...found].join("\n"));
}

function serverOf(example: string, other: Other, port: number, index: number): string {
  const { address, host = address, attachment = "api-host" } = other;
  if (!example.includes(`include latchkey/${attachment}.conf;`)) throw new Error(`example.conf has no ${attachment}`);
  return `upstream other${index} { server 127.0.0.1:${other.upstreamPort}; keepalive 4; }
server {
  listen ${address}:${port};
  server_name ${host};
  set $latchkey_upstream other${index};
  include latchkey/${attachment}.conf;
}`;
}

/** The frame around the shipped files: what Debian's own nginx.conf is elsewhere. */
export const nginxFor = (root: string): string => `daemon off;
worker_processes 1;
pid ${root}/nginx.pid;
error_log ${root}/error.log notice;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${root}/body;
  proxy_temp_path ${root}/proxy;
  fastcgi_temp_path ${root}/fastcgi;
  uwsgi_temp_path ${root}/uwsgi;
  scgi_temp_path ${root}/scgi;
  include latchkey/example.conf;
  include latchkey/others.conf;
}
`;
