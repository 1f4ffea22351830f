import { filled, type Program } from "./configuration";
import type { ForwardFacts } from "./forward-facts";
import { apisixNamed, kongNamed } from "./named-files";
import { outOfReach } from "./reach";
import { apisixReaching, kongReaching, openrestyStartReaching } from "./reaching";

/** Texts of gateways/apisix and kong that are filled in. */
export type ShippedOpenresty = {
  readonly apisixStart: string;
  readonly apisix: string;
  readonly kongStart: string;
  readonly kong: string;
};

const ASKS = "/v1/authz/forward/gw1";

/** As no host is called: names that browsers use too are moved there by hand. */
const NO_HOST = "main-host.invalid";

/** Names for a list in YAML, of which there must be one. */
const listed = (hosts: readonly string[]): string =>
  `[${(hosts.length > 0 ? hosts : [`api.${NO_HOST}`]).map((host) => JSON.stringify(host)).join(", ")}]`;

/** Both tell every host to ask wholly, and name the key in the same way. */
function asking(text: string, { gatewayKey, hosts }: ForwardFacts): string {
  const asks = filled(text, ASKS, `/v1/authz/forward/${gatewayKey}`);
  return filled(asks, "[jira-api.example.com]", listed(hosts));
}

const apisix = (text: string, facts: ForwardFacts): string =>
  apisixNamed(apisixReaching(asking(text, facts), facts.verifier), facts.names);

function kong(text: string, facts: ForwardFacts): string {
  const main = filled(
    asking(text, facts),
    "[jira.example.com] # EDIT",
    `[${NO_HOST}] # EDIT: names from above that browsers use too`,
  );
  return kongNamed(kongReaching(main, facts.verifier), facts.names);
}

/** The configurations for what stands on OpenResty, filled in; of the gateway's secret they hold a placeholder. */
export function openrestyPrograms(shipped: ShippedOpenresty, facts: ForwardFacts): Program[] {
  const programs = [
    {
      ...{ name: "Apache APISIX", check: "apisix test", restart: "apisix reload" },
      files: [
        { path: "conf/config.yaml", text: openrestyStartReaching(shipped.apisixStart, facts.verifier) },
        { path: "conf/apisix.yaml", text: apisix(shipped.apisix, facts) },
      ],
    },
    {
      ...{ name: "Kong", check: "kong config parse /etc/kong/kong.yaml", restart: "kong reload" },
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
