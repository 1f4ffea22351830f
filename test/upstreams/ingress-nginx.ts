import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { freePort } from "#server/free-port";
import type { EmulatedSite } from "./emulated";
import { portalFile } from "./portal-file";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

// The controller is a real nginx with the lines that its template (nginx.tmpl) writes around snippets. Its Lua is left
// out: it picks a pod for requests that these hosts do not send its way, redirects to https, and counts.

type Ingress = {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: { readonly rules: readonly { readonly host: string }[] };
};
type Mounted = { readonly data?: Record<string, string>; readonly stringData?: Record<string, string> };
const MOUNTED = "/etc/nginx/latchkey";
/** The files of the gateway's page that the controller reads. */
type Read = { readonly values: string; readonly hosts: readonly Ingress[] };

/** What the template makes of one host. */
function serverOf({ metadata: { annotations }, spec }: Ingress, port: number): string {
  const host = spec.rules[0]?.host;
  const named = (name: string) => annotations[`nginx.ingress.kubernetes.io/${name}`] ?? "";
  const known = ["proxy-body-size", "server-snippet", "configuration-snippet"];
  const others = Object.keys(annotations).filter((name) => !known.includes(name.split("/")[1] ?? ""));
  if (others.length > 0) throw new Error(`not emulated: ${others}`);
  return `
  server {
    server_name ${host} ;
    listen ${host}:${port};
    http2_push_preload off;
    set $proxy_upstream_name "-";
    ${named("server-snippet")}
    location / {
      set $namespace "default"; set $ingress_name "jira"; set $service_name "jira"; set $service_port "8080";
      set $location_path "/"; set $global_rate_limit_exceeding n;
      port_in_redirect off;
      set $balancer_ewma_score -1; set $proxy_upstream_name "default-jira-8080";
      set $proxy_host $proxy_upstream_name; set $pass_access_scheme $scheme;
      client_max_body_size ${named("proxy-body-size")};
      proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade; proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Original-Forwarded-For $http_x_forwarded_for; proxy_set_header Proxy "";
      proxy_connect_timeout 5s; proxy_read_timeout 60s; proxy_buffering off; proxy_buffer_size 4k; proxy_buffers 4 4k;
      proxy_request_buffering on; proxy_http_version 1.1; proxy_next_upstream error timeout;
      ${named("configuration-snippet")}
      proxy_pass http://upstream_balancer;
      proxy_redirect off;
    }
  }`;
}

function configurationOf(root: string, { values, hosts }: Read, site: EmulatedSite, port: number): string {
  const servers = hosts.map((ingress) => serverOf(ingress, port));
  return `daemon off; worker_processes 1; pid ${root}/nginx.pid; error_log ${root}/error.log notice;
events { multi_accept on; worker_connections 512; use epoll; }
http {
  access_log off; client_body_temp_path ${root}/body; proxy_temp_path ${root}/proxy;
  fastcgi_temp_path ${root}/f; uwsgi_temp_path ${root}/u; scgi_temp_path ${root}/s;
  log_subrequest on; reset_timedout_connection on; client_header_buffer_size 1k; large_client_header_buffers 4 8k;
  variables_hash_bucket_size 256; variables_hash_max_size 2048; map_hash_bucket_size 64;
  proxy_headers_hash_max_size 512; proxy_headers_hash_bucket_size 64;
  underscores_in_headers off; ignore_invalid_headers on; default_type text/html; server_tokens off;
  uninitialized_variable_warn off; server_name_in_redirect off; port_in_redirect off;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  ${parse(values).controller.config["http-snippet"]}
  upstream upstream_balancer { server 127.0.0.1:9; }
  ${servers.join("\n")}
}`
    .replaceAll(MOUNTED, `${root}/latchkey`)
    .replaceAll("jira.default.svc.cluster.local:8080", `127.0.0.1:${site.upstreamPort}`);
}

/** Emulates the controller with the files of the gateway's page: of each host one Ingress. */
export async function startIngressNginx(site: EmulatedSite): Promise<Running> {
  const directory = makeDirectory("ingress");
  const folder = join(directory.path, "latchkey");
  const elsewhere = join(directory.path, "tmp");
  for (const each of [elsewhere, folder]) mkdirSync(each);
  const file = portalFile("ingress-nginx", site);
  const documents = async (name: string) => parseAllDocuments(await file(name)).map((each) => each.toJS());
  const mounted: Mounted[] = await documents("latchkey.yaml");
  for (const { data, stringData } of mounted)
    for (const [name, text] of Object.entries(data ?? stringData ?? {}))
      writeFileSync(
        join(folder, name),
        text.replaceAll(MOUNTED, folder).replace("CHANGE-ME", () => site.gatewaySecret),
      );
  const [[api], [, main]] = [await documents("api-hosts.yaml"), await documents("main-hosts.yaml")];
  const read = { values: await file("values.yaml"), hosts: [api, main] };
  for (;;) {
    const port = await freePort();
    const configuration = join(elsewhere, "nginx-cfg");
    writeFileSync(configuration, configurationOf(directory.path, read, site, port));
    const log = () => readFileSync(join(directory.path, "error.log"), "utf8");
    const args = ["-p", directory.path, "-c", configuration, "-e", join(directory.path, "error.log")];
    const nginx = await startProgram({ program: "nginx", args, port, log, remove: directory.remove });
    if (nginx !== null) return nginx;
  }
}
