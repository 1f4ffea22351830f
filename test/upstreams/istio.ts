import { parse, parseAllDocuments } from "yaml";
import { type Answered, type Lines, type Onward, startEdge, valuesIn } from "./edge";
import type { EmulatedSite } from "./emulated";
import { besideIn, besideToken, type Mutation, mutated, received, refused, type Script } from "./envoy";
import { byHttp, type ExtAuthz } from "./envoy-asks";
import { portalFile } from "./portal-file";
import type { Running } from "./program";

type Provider = {
  timeout: string;
  failOpen: boolean;
  statusOnError: string;
  pathPrefix: string;
  includeRequestHeadersInCheck: string[];
  includeAdditionalHeadersInCheck: Record<string, string>;
  headersToUpstreamOnAllow: string[];
  headersToDownstreamOnDeny: string[];
};
type Config = Script & { mutations?: { request_mutations: Mutation[] }; common_http_protocol_options?: Options };
type Options = { headers_with_underscores_action: string };
type Patch = {
  applyTo: string;
  patch: { operation: string; value: { name?: string; typed_config: Config } };
};

/** How Istio writes names for Envoy: a star at the end stands for anything. */
const patterns = (names: readonly string[]) => ({
  patterns: names.map((name) => (name.endsWith("*") ? { prefix: name.slice(0, -1) } : { exact: name })),
});

/** The filter that Istio makes of a provider. */
function filterOf(provider: Provider): ExtAuthz & Required<Pick<ExtAuthz, "http_service">> {
  if (provider.failOpen || provider.statusOnError !== "503") throw new Error("not emulated");
  const added = Object.entries(provider.includeAdditionalHeadersInCheck);
  return {
    failure_mode_allow: false,
    status_on_error: { code: "ServiceUnavailable" },
    allowed_headers: patterns(provider.includeRequestHeadersInCheck),
    http_service: {
      path_prefix: provider.pathPrefix,
      server_uri: { timeout: provider.timeout },
      authorization_request: { headers_to_add: added.map(([key, value]) => ({ key, value })) },
      authorization_response: {
        allowed_upstream_headers: patterns(provider.headersToUpstreamOnAllow),
        allowed_client_headers: patterns(provider.headersToDownstreamOnDeny),
      },
    },
  };
}

/** What the shipped script does; envoy-script.int.test.ts runs the script itself. */
function scripted(lines: Lines, beside: readonly string[]): Onward | Answered {
  const [auth = ""] = valuesIn(lines, "x-latchkey-auth");
  if (auth === "") return { lines, answer: (each) => each };
  return valuesIn(lines, "upgrade").length > 0 ? refused(403) : besideToken(lines, auth, beside);
}

const serves = (pattern: string, host: string): boolean =>
  pattern.endsWith("*") ? host.startsWith(pattern.slice(0, -1)) : host === pattern;

/** Emulates an ingress gateway of Istio's, which shows the same application on all hosts, with the files of the gateway's page. */
export async function startIstio(site: EmulatedSite): Promise<Running> {
  const file = portalFile("Istio", site);
  const mesh = (await file("mesh.yaml")).replace("CHANGE-ME", site.gatewaySecret);
  const { envoyExtAuthzHttp } = parse(mesh).spec.meshConfig.extensionProviders[0];
  const authz = filterOf(envoyExtAuthzHttp);
  const [policy, filter] = parseAllDocuments(await file("latchkey.yaml")).map((each) => each.toJS());
  const hosts: string[] = policy.spec.rules[0].to[0].operation.hosts;
  const patches: Patch[] = filter.spec.configPatches;
  const order = patches.map(({ applyTo, patch }) => `${applyTo} ${patch.operation}`);
  if (order.join() !== "NETWORK_FILTER MERGE,HTTP_FILTER INSERT_FIRST,HTTP_FILTER INSERT_BEFORE")
    throw new Error("not emulated");
  const [own, first, script] = patches.map(({ patch }) => patch.value.typed_config);
  const beside = besideIn(script ?? {});
  // pathNormalization is BASE unless somebody sets it.
  const manager = {
    ...{ use_remote_address: true, normalize_path: true, merge_slashes: false },
    common_http_protocol_options: own?.common_http_protocol_options ?? { headers_with_underscores_action: "ALLOW" },
  };

  // Where the provider's service is, the cluster knows.
  const verifier = { at: { host: "127.0.0.1", port: site.verifierPort }, tls: null };
  return startEdge(async (raw) => {
    const arrived = received(manager, raw);
    if (arrived === null) return refused(400);
    const asked = { ...arrived, lines: mutated(first?.mutations?.request_mutations ?? [], arrived) };
    const [host = ""] = valuesIn(asked.lines, "host");
    const isAsked = hosts.some((each) => serves(each, host.toLowerCase()));
    const word = isAsked ? await byHttp(authz, authz.http_service, verifier, asked) : asked;
    if ("answered" in word) return word;
    const verdict = scripted(word.lines, beside);
    return "answered" in verdict ? verdict : { ...verdict, url: asked.url, port: site.upstreamPort };
  });
}
