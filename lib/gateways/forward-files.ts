import { apacheBehind, caddyBehind, haproxyBehind, traefikBehind, traefikStartBehind } from "./behind-proxies";
import { filled, type Program } from "./configuration";
import type { ForwardFacts } from "./forward-facts";
import { apacheSites, caddySites, haproxyUpstreams, traefikUpstreams } from "./forward-sites";
import { apacheNamed, caddyNamed, haproxyLuaNamed, haproxyNamed, traefikNamed } from "./named-files";
import { openrestyPrograms, type ShippedOpenresty } from "./openresty-files";
import { outOfReach } from "./reach";
import { apacheLuaReaching, caddyReaching, haproxyLuaReaching, haproxyReaching, traefikReaching } from "./reaching";
import { upstreamsOf } from "./upstreams";

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
          text: haproxyUpstreams(
            haproxyNamed(haproxyBehind(haproxyReaching(shipped.haproxy, verifier), proxies), names),
            upstreams,
          ),
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
        {
          path: "/etc/apache2/sites-available/latchkey.conf",
          text: apacheSites(apacheBehind(shipped.apache, proxies), upstreams),
        },
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
      opensWebSocket: program.name !== "Traefik",
      outOfReach: outOfReach(program.name, verifier),
    })),
    ...openrestyPrograms(shipped, facts),
  ];
}
