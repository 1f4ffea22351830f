import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { nginxHttpNamed, nginxServerNamed } from "#lib/gateways/named-files";
import { tokenNames } from "#lib/gateways/token-names";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { edit, rewrite } from "./edit";
import type { EmulatedSite } from "./emulated";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

// The controller is a real nginx with the lines that its template (nginx.tmpl) writes around snippets. Its Lua is left
// out: it picks a pod for requests that these hosts do not send its way, redirects to https, and counts.

type Ingress = { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
const MOUNTED = "/etc/nginx/latchkey";
const shipped = (name: string) => readFileSync(join(projectFolder(), "gateways", "ingress-nginx", name), "utf8");

/** What the template makes of one host. */
function serverOf({ metadata: { annotations } }: Ingress, listen: string): string {
  const named = (name: string) => annotations[`nginx.ingress.kubernetes.io/${name}`] ?? "";
  const known = ["proxy-body-size", "server-snippet", "configuration-snippet"];
  const others = Object.keys(annotations).filter((name) => !known.includes(name.split("/")[1] ?? ""));
  if (others.length > 0) throw new Error(`not emulated: ${others}`);
  return `
  server {
    listen ${listen};
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

function configurationOf(root: string, site: EmulatedSite, port: number): string {
  const ingresses: Ingress[] = parseAllDocuments(shipped("ingress.yaml")).map((each) => each.toJS());
  const servers = [site.apiHost, site.mainHost].map((host, n) => {
    const ingress = ingresses[n];
    if (ingress === undefined) throw new Error("A host is missing");
    return serverOf(ingress, `${host}:${port}`);
  });
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
  ${parse(shipped("values.yaml")).controller.config["http-snippet"]}
  upstream upstream_balancer { server 127.0.0.1:9; }
  ${servers.join("\n")}
}`
    .replaceAll(MOUNTED, `${root}/latchkey`)
    .replaceAll("jira.default.svc.cluster.local:8080", `127.0.0.1:${site.upstreamPort}`);
}

/** Emulates the controller with the shipped files, prepared as its README says. */
export async function startIngressNginx(site: EmulatedSite): Promise<Running> {
  const directory = makeDirectory("ingress");
  const folder = join(directory.path, "latchkey");
  const elsewhere = join(directory.path, "tmp");
  mkdirSync(elsewhere);
  for (;;) {
    const port = await freePort();
    cpSync(join(projectFolder(), "gateways", "nginx"), folder, { recursive: true });
    for (const name of ["latchkey.conf", "server.conf"])
      rewrite(join(folder, name), (text) => text.replaceAll("include latchkey/", `include ${folder}/`));
    edit(join(folder, "latchkey.conf"), [["server 127.0.0.1:3001;", `server 127.0.0.1:${site.verifierPort};`]]);
    edit(join(folder, "server.conf"), [["/nginx/gw1", `/nginx/${site.gatewayKey}`]]);
    const { names = tokenNames([]) } = site;
    rewrite(join(folder, "latchkey.conf"), (text) => nginxHttpNamed(text, names));
    rewrite(join(folder, "server.conf"), (text) => nginxServerNamed(text, names));
    const key = readFileSync(join(folder, "gateway-key.conf.example"), "utf8");
    writeFileSync(
      join(folder, "gateway-key.conf"),
      key.replace("CHANGE-ME", () => site.gatewaySecret),
    );
    const file = join(elsewhere, "nginx-cfg");
    writeFileSync(file, configurationOf(directory.path, site, port));
    const log = () => readFileSync(join(directory.path, "error.log"), "utf8");
    const args = ["-p", directory.path, "-c", file, "-e", join(directory.path, "error.log")];
    const nginx = await startProgram({ program: "nginx", args, port, log, remove: directory.remove });
    if (nginx !== null) return nginx;
  }
}
