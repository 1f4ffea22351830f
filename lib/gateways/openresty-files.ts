import { filled, type Program } from "./configuration";
import type { ForwardFacts } from "./forward-facts";
import { apisixNamed, kongNamed } from "./named-files";
import { outOfReach } from "./reach";
import { apisixReaching, kongReaching, openrestyStartReaching } from "./reaching";
import { apiHosts, forEachUpstream, noMainHost, placed, type Upstream, upstreamsOf } from "./upstreams";

/** Texts of gateways/apisix and kong that are filled in. */
export type ShippedOpenresty = {
  readonly apisixStart: string;
  readonly apisix: string;
  readonly kongStart: string;
  readonly kong: string;
};

const ASKS = "/v1/authz/forward/gw1";

/** Names for a list in YAML. */
const listed = (hosts: readonly string[]): string => `[${hosts.map((host) => JSON.stringify(host)).join(", ")}]`;

const asking = (text: string, { gatewayKey }: ForwardFacts): string =>
  filled(text, ASKS, `/v1/authz/forward/${gatewayKey}`);

/** Names as an expression has them that is asked about the Host line. */
const inHostLine = (hosts: readonly string[]): string => hosts.map((host) => host.replace(/[.[\]]/g, "\\$&")).join("|");

/** APISIX: of each application a route, which leads to its own nodes. */
function apisixRoute(route: string, upstream: Upstream): string {
  const hosts = apiHosts(upstream);
  const named = filled(
    filled(route, "- id: jira-api", `- id: ${upstream.name}-api`),
    "[jira-api.example.com]",
    listed(hosts),
  );
  return placed(filled(named, "jira-api\\.example\\.com", inHostLine(hosts)), upstream);
}

const apisix = (text: string, facts: ForwardFacts): string =>
  forEachUpstream(
    apisixNamed(apisixReaching(asking(text, facts), facts.verifier), facts.names),
    /(?<=^routes:\n)[\s\S]*?(?=^#END)/m,
    upstreamsOf(facts.applications),
    apisixRoute,
  );

/** Kong: of each application a service with both its routes, and with a function of its own. */
function kongService(service: string, upstream: Upstream): string {
  const api = filled(service, "[jira-api.example.com]", listed(apiHosts(upstream)));
  const main = filled(
    api,
    "[jira.example.com] # EDIT",
    `[${noMainHost(upstream)}] # EDIT: names from above that browsers use too`,
  );
  const routes = filled(main, /(?<=^ {6}- name: latchkey-(?:api|main)-host)(?=$| )/gm, `-${upstream.name}`);
  return placed(filled(routes, /^ {2}- name: jira$/m, `  - name: ${upstream.name}`), upstream);
}

const kong = (text: string, facts: ForwardFacts): string =>
  forEachUpstream(
    kongNamed(kongReaching(asking(text, facts), facts.verifier), facts.names),
    /(?<=^services:\n)[\s\S]+/m,
    upstreamsOf(facts.applications),
    kongService,
  );

/** The configurations for what stands on OpenResty, filled in; of the gateway's secret they hold a placeholder. */
export function openrestyPrograms(shipped: ShippedOpenresty, facts: ForwardFacts): Program[] {
  const programs = [
    {
      ...{
        name: "Apache APISIX",
        tellsNamed: true,
        opensWebSocket: false,
        check: "apisix test",
        restart: "apisix reload",
      },
      files: [
        { path: "conf/config.yaml", text: openrestyStartReaching(shipped.apisixStart, facts.verifier) },
        { path: "conf/apisix.yaml", text: apisix(shipped.apisix, facts) },
      ],
    },
    {
      ...{
        name: "Kong",
        tellsNamed: false,
        opensWebSocket: true,
        check: "kong config parse /etc/kong/kong.yaml",
        restart: "kong reload",
      },
      files: [
        { path: "/etc/kong/kong.conf", text: openrestyStartReaching(shipped.kongStart, facts.verifier) },
        { path: "/etc/kong/kong.yaml", text: kong(shipped.kong, facts) },
      ],
    },
  ];
  return programs.map((program) => ({
    ...{ ...program, service: null, tellsOne: true },
    outOfReach: outOfReach(program.name, facts.verifier),
  }));
}
