import { filled, type Program } from "./configuration";
import type { ForwardFacts } from "./forward-facts";
import { apisixNamed } from "./named-files";
import { outOfReach } from "./reach";
import { apisixReaching, apisixStartReaching } from "./reaching";

/** Texts of gateways/apisix that are filled in. */
export type ShippedOpenresty = {
  readonly apisixStart: string;
  readonly apisix: string;
};

const NO_HOST = "api.main-host.invalid";

/** Names for a list in YAML, of which there must be one. */
const listed = (hosts: readonly string[]): string =>
  `[${(hosts.length > 0 ? hosts : [NO_HOST]).map((host) => JSON.stringify(host)).join(", ")}]`;

function apisix(text: string, { gatewayKey, hosts, names, verifier }: ForwardFacts): string {
  const asks = filled(text, "/v1/authz/forward/gw1", `/v1/authz/forward/${gatewayKey}`);
  return apisixNamed(apisixReaching(filled(asks, "[jira-api.example.com]", listed(hosts)), verifier), names);
}

/** The configurations for what stands on OpenResty, filled in; of the gateway's secret they hold a placeholder. */
export function openrestyPrograms(shipped: ShippedOpenresty, facts: ForwardFacts): Program[] {
  const programs = [
    {
      ...{ name: "Apache APISIX", check: "apisix test", restart: "apisix reload" },
      files: [
        { path: "conf/config.yaml", text: apisixStartReaching(shipped.apisixStart, facts.verifier) },
        { path: "conf/apisix.yaml", text: apisix(shipped.apisix, facts) },
      ],
    },
  ];
  return programs.map((program) => ({
    ...{ ...program, service: null, tellsOne: true },
    outOfReach: outOfReach(program.name, facts.verifier),
  }));
}
