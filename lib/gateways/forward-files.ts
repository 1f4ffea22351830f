import { apacheBehind, caddyBehind, haproxyBehind, traefikBehind, traefikStartBehind } from "./behind-proxies";
import { filled, type Program } from "./configuration";
import type { ForwardFacts } from "./forward-facts";
import { apacheNamed, caddyNamed, haproxyLuaNamed, haproxyNamed, traefikNamed } from "./named-files";
import { openrestyPrograms, type ShippedOpenresty } from "./openresty-files";
import { outOfReach } from "./reach";
import { apacheLuaReaching, caddyReaching, haproxyLuaReaching, haproxyReaching, traefikReaching } from "./reaching";

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

/** The sites of the example, once for each host and attachment. */
function caddySites(example: string, hosts: readonly string[]): string {
  const blocks = example.match(/^\S+ \{\n[\s\S]*?^\}\n/gm) ?? [];
  const [api, main] = blocks;
  if (api === undefined || main === undefined || blocks.length !== 2)
    throw new Error("The shipped example has no sites");
  const named = (block: string, host: string) => block.replace(/^\S+/, () => host);
  const head =
    "import latchkey.caddyfile\n\n# Of each host one block: asked about everything, or only what carries a credential.\n";
  return (
    head +
    hosts.map((host) => `${named(api, host)}\n${named(main, host).replace(/^/gm, "# ").replace(/# $/, "")}`).join("\n")
  );
}

/** The routers of all hosts, each asked about wholly; those of the main host get names that the operator moves there. */
function traefikRouters(text: string, facts: ForwardFacts): string {
  const all = facts.hosts.map((host) => `Host(\`${host}\`)`).join(" || ");
  const api = filled(text, "Host(`jira-api.example.com`)", facts.hosts.length === 1 ? all : `(${all || NO_HOST})`);
  return filled(api, /Host\(`jira\.example\.com`\)/g, NO_HOST).replaceAll(
    "# EDIT: the name\n",
    "# EDIT: names that browsers use too belong to the routers of the main host\n",
  );
}

const NO_HOST = "Host(`main-host.invalid`)";

/**
 * The configurations for programs that ask by the forward adapter, filled in. The secret comes from the environment, but
 * for what stands on OpenResty: that has a placeholder.
 */
export function forwardPrograms(shipped: ShippedForward, facts: ForwardFacts): Program[] {
  const { proxies, verifier, names } = facts;
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
        { path: "/etc/caddy/Caddyfile", text: caddySites(shipped.caddyExample, facts.hosts) },
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
          text: traefikNamed(
            traefikBehind(traefikReaching(traefikRouters(asking(shipped.traefik, facts), facts), verifier), proxies),
            names,
          ),
        },
      ],
    },
  ];
  return [
    ...programs.map((program) => ({ ...program, tellsOne: false, outOfReach: outOfReach(program.name, verifier) })),
    ...openrestyPrograms(shipped, facts),
  ];
}
