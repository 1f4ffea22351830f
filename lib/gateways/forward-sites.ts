import { filled } from "./configuration";
import { apiHosts, bare, fileOf, forEachUpstream, noMainHost, placed, type Upstream } from "./upstreams";

/** What the page's files have for each application: names of its own, and a place of its own that these lead to. */

/** The sites of the example, once for each host and attachment; each leads to its own application. */
export function caddySites(example: string, upstreams: readonly Upstream[]): string {
  const blocks = example.match(/^\S+ \{\n[\s\S]*?^\}\n/gm) ?? [];
  const [api, main, others] = blocks;
  if (api === undefined || main === undefined || others === undefined || blocks.length !== 3)
    throw new Error("The shipped example has no sites");
  const head =
    "import latchkey.caddyfile\n\n# Of each host one block: asked about everything, or only what carries a credential.\n";
  const sites = upstreams.flatMap((upstream) => {
    const edit = `  # EDIT: ${upstream.where}; nobody but Caddy should reach it`;
    const named = (block: string, host: string) =>
      filled(
        block.replace(/^\S+/, () => host),
        /127\.0\.0\.1:8080 \S+$/m,
        `127.0.0.1:8080 ${bare(host)}${edit}`, // by which Caddy compares
      );
    return upstream.hosts.map(
      (host) => `${named(api, host)}\n${named(main, host).replace(/^/gm, "# ").replace(/# $/, "")}`,
    );
  });
  return `${[head.trimEnd(), ...sites, `# Every other name. EDIT: one such site for each port (https://:8443, http://); this is for 443.\n${others}`].join("\n")}`;
}

/** The routers of an application, asked about wholly; those of the main host get a name that the operator replaces. */
function traefikRouters(routers: string, upstream: Upstream): string {
  const hosts = apiHosts(upstream).map((host) => `Host(\`${host}\`)`);
  const all = hosts.length === 1 ? hosts.join() : `(${hosts.join(" || ")})`;
  const api = filled(routers, "Host(`jira-api.example.com`)", all);
  const main = filled(api, /Host\(`jira\.example\.com`\)/g, `Host(\`${noMainHost(upstream)}\`)`);
  const named = filled(main, /^ {4}(?=\S+:$)/gm, `    ${upstream.name}-`);
  return filled(named, /(?<= service: )jira$/gm, upstream.name).replaceAll(
    "# EDIT: the name\n",
    "# EDIT: names that browsers use too belong to the routers of the main host\n",
  );
}

/** Traefik: of each application its routers, and a service that no others lead to. */
export function traefikUpstreams(text: string, upstreams: readonly Upstream[]): string {
  const routers = /(?<=^ {2}routers:\n)[\s\S]*?(?=\n {2}middlewares:\n)/m;
  const routed = forEachUpstream(text, routers, upstreams, traefikRouters, "\n");
  return forEachUpstream(routed, /(?<=^ {2}services:\n)[\s\S]+/m, upstreams, (service, upstream) =>
    placed(filled(service, /^ {4}jira:$/m, `    ${upstream.name}:`), upstream),
  );
}

/** HAProxy: of each name a line that says whose it is, and of each application a backend. */
export function haproxyUpstreams(text: string, upstreams: readonly Upstream[]): string {
  const lines = (shipped: string, hostsOf: (upstream: Upstream) => readonly string[]) => (line: string, to: Upstream) =>
    hostsOf(to)
      .map((host) => filled(filled(line, "str(jira)", `str(${to.name})`), ` ${shipped} }`, ` ${host} }`))
      .join("");
  const lineOf = (host: RegExp) =>
    new RegExp(`^ {2}http-request set-var\\(txn\\.latchkey_backend\\).* ${host.source} \\}\\n`, "m");
  const api = forEachUpstream(
    text,
    lineOf(/jira-api\.example\.com/),
    upstreams,
    lines("jira-api.example.com", apiHosts),
  );
  const main = forEachUpstream(
    filled(api, "# EDIT: a line for each name, as above.", "# EDIT: names from above that browsers use too"),
    lineOf(/jira\.example\.com/),
    upstreams,
    lines("jira.example.com", (upstream) => [noMainHost(upstream)]),
  );
  const [first] = upstreams;
  return forEachUpstream(
    first === undefined ? main : filled(main, "str(jira) if !{", `str(${first.name}) if !{`),
    /^backend jira\n[\s\S]+/m,
    upstreams,
    (backend, to) => placed(filled(backend, /(?<=^(?:backend| {2}server) )jira/gm, to.name), to),
    "\n",
  );
}

/** A host of Apache's with other names. The first is its own and its certificate's. */
function apacheHost(site: string, shipped: string, names: readonly string[]): string {
  const [first = "", ...further] = names;
  const aliases = further.length > 0 ? `\n  ServerAlias ${further.join(" ")}` : "";
  const named = filled(site, `ServerName ${shipped}\n`, `ServerName ${first}${aliases}\n`);
  const told = filled(named, `LATCHKEY_HOSTS=${shipped}`, `LATCHKEY_HOSTS=${names.join(" ")}`);
  return told.replaceAll(`/${shipped}.`, () => `/${fileOf(first)}.`);
}

/** Apache: of each application both its hosts. */
export function apacheSites(text: string, upstreams: readonly Upstream[]): string {
  const both = (sites: string, upstream: Upstream): string => {
    const api = apacheHost(sites, "jira-api.example.com", apiHosts(upstream));
    const main = apacheHost(api, "jira.example.com", [noMainHost(upstream)]);
    const edit = "  # EDIT: names from above that browsers use too, here and in the next line\n";
    const marked = filled(main, /^(?= {2}ServerName .*main-host\.invalid$)/m, edit);
    return filled(marked, /where Jira listens/g, upstream.where);
  };
  return forEachUpstream(text, /(?<=\n\n)# API host[\s\S]+/, upstreams, both, "\n");
}
