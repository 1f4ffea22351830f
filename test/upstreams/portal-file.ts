import type { ConfigurationFile, Program } from "#lib/gateways/configuration";
import { envoyPrograms } from "#lib/gateways/envoy-files";
import { forwardPrograms } from "#lib/gateways/forward-files";
import { ingressProgram } from "#lib/gateways/ingress-files";
import type { Reach } from "#lib/gateways/reach";
import { readShipped, readShippedEnvoy, readShippedForward } from "#lib/gateways/store-shipped";
import { tokenNames } from "#lib/gateways/token-names";
import type { EmulatedSite } from "./emulated";

/** All programs as the gateway's page shows them; of a host that is not asked about wholly it knows nothing. */
async function programs(site: EmulatedSite): Promise<Program[]> {
  const { verifierPort, gatewayKey, apiHost, mainHost, names = tokenNames([]), proxies = [], beside = [] } = site;
  const verifier: Reach = site.reach ?? { address: `127.0.0.1:${verifierPort}`, by: "clear" };
  const on = (host: string) => ({ host, context: "" });
  const others = beside.map(({ key, host }) => ({ key, routes: [on(host)] }));
  const facts = {
    gatewayKey,
    verifier,
    names,
    proxies,
    applications: [{ key: "jira", routes: [on(apiHost)] }, ...others],
  };
  const jira = { key: "jira", routes: [apiHost, mainHost].map(on) };
  const nginx = { ...facts, portalUrl: "http://localhost:3000", applications: [jira, ...others] };
  return [
    ...forwardPrograms(await readShippedForward(), facts),
    ...envoyPrograms(await readShippedEnvoy(), { ...facts, grpc: verifier }),
    ingressProgram(await readShipped(), nginx),
  ];
}

/** Where the certificates are, and what the verifier's is for. */
const certified = (text: string, { certificates }: EmulatedSite): string =>
  certificates === undefined
    ? text
    : text.replaceAll("/etc/latchkey/", `${certificates}/`).replaceAll("verifier.example.com", "localhost");

/** Where each application listens, at the place that the page has for it: in the same line or in the one below. */
const addressed = (text: string, { upstreamPort, beside = [] }: EmulatedSite): string =>
  [{ key: "jira", port: upstreamPort }, ...beside].reduce(
    (now, { key, port }) =>
      now
        .replace(new RegExp(`127\\.0\\.0\\.1:8080(?=.* where ${key} listens)`, "g"), `127.0.0.1:${port}`)
        .replace(new RegExp(`( where ${key} listens.*\\n.*(?: port_value: |127\\.0\\.0\\.1:))8080`, "g"), `$1${port}`),
    text,
  );

/** A program's files. The secret is still a placeholder where they hold it, and so is the main host of most. */
export async function portalFiles(name: string, site: EmulatedSite): Promise<ConfigurationFile[]> {
  const files = (await programs(site)).find((program) => program.name === name)?.files ?? [];
  return files.map(({ path, text }) => ({ path, text: certified(addressed(text, site), site) }));
}

/** Their texts by their paths. */
export const portalFile =
  (name: string, site: EmulatedSite) =>
  async (path: string): Promise<string> => {
    const file = (await portalFiles(name, site)).find((each) => each.path === path);
    if (file === undefined) throw new Error(`The page has no ${path} for ${name}`);
    return file.text;
  };
