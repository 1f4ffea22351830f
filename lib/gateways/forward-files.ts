import { apacheBehind, caddyBehind, haproxyBehind, traefikBehind, traefikStartBehind } from "./behind-proxies";
import { filled, type Program } from "./configuration";
import type { ForwardFacts } from "./forward-facts";
import { apacheNamed, caddyNamed, haproxyLuaNamed, haproxyNamed, traefikNamed } from "./named-files";
import { openrestyPrograms, type ShippedOpenresty } from "./openresty-files";
import { outOfReach } from "./reach";
import { apacheLuaReaching, caddyReaching, haproxyLuaReaching, haproxyReaching, traefikReaching } from "./reaching";
import { apiHosts, forEachUpstream, noMainHost, placed, type Upstream, upstreamsOf } from "./upstreams";

/** Texts of gateways/caddy, haproxy, apache and traefik that are filled in. */
export type ShippedForward = ShippedOpenresty & {
  readonly caddy: string;
  readonly caddyExample: string;
  readonly haproxyLua: string;
  readonly haproxy: string;
  readonly apacheLua: string;
  readonly apache: string;
  readonly traefikStart: string;
  readonly traefik: string;
};

const ASKS = "/v1/authz/forward/gw1";

const restart = (service: string): string => `systemctl restart ${service}`;
const asking = (text: string, { gatewayKey }: ForwardFacts): string =>
  filled(text, ASKS, `/v1/authz/forward/${gatewayKey}`);

/** The sites of the example, once for each host and attachment; each leads to its own application. */
function caddySites(example: string, upstreams: readonly Upstream[]): string {
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
        /127\.0\.0\.1:8080$/m,
        `127.0.0.1:8080${edit}`,
      );
    return upstream.hosts.map(
      (host) => `${named(api, host)}\n${named(main, host).replace(/^/gm, "# ").replace(/# $/, "")}`,
    );
  });
  return `${[head.trimEnd(), ...sites, `# Every other name.\n${others}`].join("\n")}`;
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
function traefikUpstreams(text: string, upstreams: readonly Upstream[]): string {
  const routers = /(?<=^ {2}routers:\n)[\s\S]*?(?=\n {2}middlewares:\n)/m;
  const routed = forEachUpstream(text, routers, upstreams, traefikRouters, "\n");
  return forEachUpstream(routed, /(?<=^ {2}services:\n)[\s\S]+/m, upstreams, (service, upstream) =>
    placed(filled(service, /^ {4}jira:$/m, `    ${upstream.name}:`), upstream),
  );
}

/**
 * The configurations for programs that ask by the forward adapter, filled in. The secret comes from the environment, but
 * for what stands on OpenResty: that has a placeholder.
 */
export function forwardPrograms(shipped: ShippedForward, facts: ForwardFacts): Program[] {
  const { proxies, verifier, names } = facts;
  const upstreams = upstreamsOf(facts.applications);
  const programs = [
    {
      ...{
        name: "Caddy",
        service: "caddy",
        check: "caddy validate --config /etc/caddy/Caddyfile",
        restart: restart("caddy"),
      },
      files: [
        {
          path: "/etc/caddy/latchkey.caddyfile",
          text: caddyNamed(caddyBehind(caddyReaching(asking(shipped.caddy, facts), verifier), proxies), names),
        },
        { path: "/etc/caddy/Caddyfile", text: caddySites(shipped.caddyExample, upstreams) },
      ],
    },
    {
      ...{
        name: "HAProxy",
        service: "haproxy",
        check: "haproxy -c -f /etc/haproxy/haproxy.cfg",
        restart: restart("haproxy"),
      },
      files: [
        {
          path: "/etc/haproxy/latchkey.lua",
          text: haproxyLuaNamed(haproxyLuaReaching(asking(shipped.haproxyLua, facts), verifier), names),
        },
        {
          path: "/etc/haproxy/haproxy.cfg",
          text: haproxyNamed(haproxyBehind(haproxyReaching(shipped.haproxy, verifier), proxies), names),
        },
      ],
    },
    {
      ...{ name: "Apache httpd", service: "apache2", check: "apachectl configtest", restart: restart("apache2") },
      files: [
        {
          path: "/etc/apache2/latchkey.lua",
          text: apacheNamed(apacheLuaReaching(asking(shipped.apacheLua, facts), verifier), names),
        },
        { path: "/etc/apache2/sites-available/latchkey.conf", text: apacheBehind(shipped.apache, proxies) },
      ],
    },
    {
      ...{ name: "Traefik", service: "traefik", check: "traefik healthcheck", restart: restart("traefik") },
      files: [
        { path: "/etc/traefik/traefik.yaml", text: traefikStartBehind(shipped.traefikStart, proxies) },
        {
          path: "/etc/traefik/latchkey.yaml",
          text: traefikUpstreams(
            traefikNamed(traefikBehind(traefikReaching(asking(shipped.traefik, facts), verifier), proxies), names),
            upstreams,
          ),
        },
      ],
    },
  ];
  return [
    ...programs.map((program) => ({
      ...{ ...program, tellsOne: false, tellsNamed: program.name === "Traefik" },
      outOfReach: outOfReach(program.name, verifier),
    })),
    ...openrestyPrograms(shipped, facts),
  ];
}
