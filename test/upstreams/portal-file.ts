import type { Program } from "#lib/gateways/configuration";
import { envoyPrograms } from "#lib/gateways/envoy-files";
import { forwardPrograms } from "#lib/gateways/forward-files";
import { ingressProgram } from "#lib/gateways/ingress-files";
import type { Reach } from "#lib/gateways/reach";
import { readShipped, readShippedEnvoy, readShippedForward } from "#lib/gateways/store-shipped";
import { tokenNames } from "#lib/gateways/token-names";
import type { EmulatedSite } from "./emulated";

/** All programs as the gateway's page shows them; of a host that is not asked about wholly it knows nothing. */
async function programs(site: EmulatedSite): Promise<Program[]> {
  const { verifierPort, gatewayKey, apiHost, mainHost, names = tokenNames([]), proxies = [] } = site;
  const verifier: Reach = { address: `127.0.0.1:${verifierPort}`, by: "clear" };
  const facts = { gatewayKey, verifier, names, proxies, hosts: [apiHost] };
  const routes = [apiHost, mainHost].map((host) => ({ host, context: "" }));
  const nginx = { ...facts, portalUrl: "http://localhost:3000", applications: [{ key: "jira", routes }] };
  return [
    ...forwardPrograms(await readShippedForward(), facts),
    ...envoyPrograms(await readShippedEnvoy(), { ...facts, grpc: verifier }),
    ingressProgram(await readShipped(), nginx),
  ];
}

/** The texts of a program's files by their paths. The secret is still a placeholder. */
export const portalFile =
  (name: string, site: EmulatedSite) =>
  async (path: string): Promise<string> => {
    const files = (await programs(site)).find((program) => program.name === name)?.files ?? [];
    const file = files.find((each) => each.path === path);
    if (file === undefined) throw new Error(`The page has no ${path} for ${name}`);
    return file.text;
  };
