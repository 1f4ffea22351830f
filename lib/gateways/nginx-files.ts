import { type ConfigurationFile, filled } from "./configuration";
import { nginxHttpNamed, nginxMainHostNamed, nginxServerNamed } from "./named-files";
import type { Reach } from "./reach";
import { nginxHttpReaching, nginxServerReaching } from "./reaching";
import type { TokenNames } from "./token-names";
import { fileOf, type Standing, type Upstream, upstreamsOf } from "./upstreams";

/** Texts of gateways/nginx that an operator fills in. */
export type Shipped = {
  readonly http: string;
  readonly server: string;
  readonly mainHost: string;
  readonly example: string;
  readonly key: string;
};

/** What is filled in. */
export type NginxFacts = {
  readonly gatewayKey: string;
  readonly portalUrl: string;
  readonly verifier: Reach;
  readonly names: TokenNames;
  readonly applications: readonly Standing[];
};

/** What an Ingress has within itself. */
export const MAIN_HOST_FILE = "latchkey/main-host.conf";

export type Attachment = "api-host" | "main-host";

const upstreamBlock = ({ name, where }: Upstream): string =>
  `upstream ${name} {\n  server 127.0.0.1:8080;  # EDIT: ${where}; nobody but nginx should reach it\n  keepalive 16;\n}\n`;

/** The server block of the example for one host: its names replaced, everything else as shipped. */
function serverBlock(example: string, host: string, { name: upstream }: Upstream, attachment: Attachment): string {
  const blocks = example.match(/^server \{[\s\S]*?^\}\n/gm) ?? [];
  const shipped = blocks.find((block) => block.includes(`include latchkey/${attachment}.conf;`));
  if (shipped === undefined) throw new Error(`The shipped example has no ${attachment}`);
  const name = /server_name (\S+);/.exec(shipped)?.[1] ?? "";
  const renamed = filled(shipped, `server_name ${name};`, `server_name ${host};`).replaceAll(
    `/${name}.`,
    () => `/${fileOf(host)}.`,
  );
  return filled(renamed, "$latchkey_upstream jira;", `$latchkey_upstream ${upstream};`);
}

/** The sites for conf.d: an upstream and a server for each host of the gateway's applications. */
export function siteFile(shipped: Shipped, facts: NginxFacts, attachment: Attachment): ConfigurationFile {
  const upstreams = upstreamsOf(facts.applications);
  const servers = upstreams.flatMap((upstream) =>
    upstream.hosts.map((host) => serverBlock(shipped.example, host, upstream, attachment)),
  );
  const head = "# For /etc/nginx/conf.d. Made by Latchkey; lines marked EDIT are yours to fill in.\n";
  const text = [`${head}include latchkey/latchkey.conf;\n`, ...upstreams.map(upstreamBlock), ...servers].join("\n");
  return { path: "conf.d/latchkey.conf", text };
}

/** The files of the folder `latchkey` that differ from what is shipped. The secret is a placeholder. */
export function folderFiles(
  shipped: Shipped,
  { gatewayKey, portalUrl, verifier, names }: NginxFacts,
): ConfigurationFile[] {
  const http = nginxHttpReaching(shipped.http, verifier);
  const server = nginxServerReaching(shipped.server, verifier);
  return [
    {
      path: "latchkey/latchkey.conf",
      text: nginxHttpNamed(filled(http, '"http://localhost:3000"', `"${portalUrl}"`), names),
    },
    {
      path: "latchkey/server.conf",
      text: nginxServerNamed(filled(server, "/v1/authz/nginx/gw1;", `/v1/authz/nginx/${gatewayKey};`), names),
    },
    { path: MAIN_HOST_FILE, text: nginxMainHostNamed(shipped.mainHost, names) },
    { path: "latchkey/gateway-key.conf", text: shipped.key },
  ];
}
