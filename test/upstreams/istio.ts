import { parse, parseAllDocuments } from "yaml";
import { type Answered, type Lines, startEdge, valuesIn } from "./edge";
import type { EmulatedSite } from "./emulated";
import { type Mutation, mutated, received, refused, type Script, withRemoteUser } from "./envoy";
import { byHttp, type ExtAuthz } from "./envoy-asks";
import { type Passing, startEnvoyScripts } from "./envoy-scripts";
import { policyOf } from "./istio-policy";
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
type Options = { headers_with_underscores_action: string };
type Config = Script & { mutations?: { request_mutations: Mutation[] }; common_http_protocol_options?: Options };
type Value = { name?: string; typed_config: Config };
type Patch = {
  applyTo: string;
  match: { listener: { filterChain: { filter: { subFilter?: { name: string } } } } };
  patch: { operation: string; value: Value };
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

type Unasked = {
  readonly host: string;
  readonly port: number;
  readonly listed: "twice" | "by the policy" | "by the script";
};
/** With other sites behind the same ingress gateway, as its README says how. */
export type IstioSite = EmulatedSite & {
  readonly unasked?: readonly Unasked[];
  /** Whether the main host is asked about with a credential alone, as the README says how; it is unless this says no. */
  readonly credentialsOnly?: boolean | "by the policy" | "by the script";
  /** Where a VirtualService for `"*"` leads, which an operator should not have. */
  readonly elsewhere?: number;
};

const tableOf = (names: readonly string[]): string => `{ ${names.map((name) => `["${name}"] = true`).join(", ")} }`;

/** A file with the names of sites that nobody is asked about, in its two lists. */
function exempting(text: string, { unasked = [] }: IstioSite): string {
  const namesNotIn = (list: Unasked["listed"]) =>
    unasked.filter(({ listed }) => listed !== list).map(({ host }) => host);
  const [policy, script] = [namesNotIn("by the script"), namesNotIn("by the policy")];
  const quoted = policy.map((host) => `"${host}", "${host}:*"`).join(", ");
  const listed = quoted === "" ? text : text.replace(/#sites notHosts: .*/, `notHosts: [${quoted}]`);
  return listed.replace("local unasked = {}", `local unasked = ${tableOf(script)}`);
}

/** A file with the main host, at its two places. */
function withMainHost(text: string, { mainHost, credentialsOnly = true }: IstioSite): string {
  if (!text.includes("#main ") || !text.includes("local main = {}"))
    throw new Error("There is no place for a main host");
  const isAt = (place: "by the policy" | "by the script") => credentialsOnly === true || credentialsOnly === place;
  const conditional = isAt("by the policy") ? text.replaceAll("#main ", "") : text;
  return isAt("by the script")
    ? conditional.replace("local main = {}", `local main = ${tableOf([mainHost])}`)
    : conditional;
}

/** The VirtualServices of an operator who keeps to the README: each host leads to its own application. */
function routed(
  { apiHost, mainHost, upstreamPort, beside = [], unasked = [], elsewhere }: IstioSite,
  lines: Lines,
): number | undefined {
  const [authority = ""] = valuesIn(lines, "host");
  const host = authority.toLowerCase().replace(/:\d+$/, "");
  const own = [apiHost, mainHost].map((each) => ({ host: each, port: upstreamPort }));
  return [...own, ...beside, ...unasked].find((each) => each.host === host)?.port ?? elsewhere;
}

/** Where the policy's own filters stand, and what every chain ends with. */
const [POLICY, ROUTER] = ["the policy", "envoy.filters.http.router"];

/** The HTTP filters after an EnvoyFilter, whose patches are applied one after the other. */
function chainOf(patches: readonly Patch[]): Value[] {
  const chain: Value[] = [POLICY, ROUTER].map((name) => ({ name, typed_config: {} }));
  for (const { applyTo, match, patch } of patches) {
    if (applyTo === "NETWORK_FILTER" && patch.operation === "MERGE") continue;
    const before = match.listener.filterChain.filter.subFilter?.name;
    const isFirst = patch.operation === "INSERT_FIRST" && before === undefined;
    const at = isFirst ? 0 : chain.findIndex(({ name }) => name === before);
    if (applyTo !== "HTTP_FILTER" || at < 0 || !(isFirst || patch.operation === "INSERT_BEFORE"))
      throw new Error("not emulated");
    chain.splice(at, 0, patch.value);
  }
  return chain;
}

/** Emulates an ingress gateway of Istio's with the files of the gateway's page; its Lua runs as it is. */
export async function startIstio(site: IstioSite): Promise<Running> {
  const file = portalFile("Istio", site);
  const mesh = (await file("mesh.yaml")).replace("CHANGE-ME", site.gatewaySecret);
  const { envoyExtAuthzHttp } = parse(mesh).spec.meshConfig.extensionProviders[0];
  const authz = filterOf(envoyExtAuthzHttp);
  const text = withMainHost(exempting(withRemoteUser(await file("latchkey.yaml"), site), site), site);
  const [policy, filter] = parseAllDocuments(text).map((each) => each.toJS());
  const isAsked = policyOf(policy.spec);
  const patches: Patch[] = filter.spec.configPatches;
  const [own] = patches.flatMap(({ patch }) => patch.value.typed_config.common_http_protocol_options ?? []);
  const chain = chainOf(patches);
  const sources = chain.flatMap(({ name, typed_config: { default_source_code: source } }) =>
    name !== undefined && source ? [[name, source.inline_string] as const] : [],
  );
  const scripts = await startEnvoyScripts(Object.fromEntries(sources));
  // pathNormalization is BASE unless somebody sets it.
  const manager = {
    ...{ use_remote_address: true, normalize_path: true, merge_slashes: false },
    common_http_protocol_options: own ?? { headers_with_underscores_action: "ALLOW" },
  };

  // Where the provider's service is, the cluster knows.
  const verifier = { at: { host: "127.0.0.1", port: site.verifierPort }, tls: null };
  const filtered = async (asked: Passing, { name = "", typed_config: config }: Value): Promise<Passing | Answered> => {
    if (config.mutations) return { ...asked, lines: mutated(config.mutations.request_mutations, asked) };
    if (config.default_source_code) return scripts.onRequest(name, asked);
    if (name !== POLICY || !isAsked(asked)) return asked;
    const word = await byHttp(authz, authz.http_service, verifier, asked);
    return "answered" in word ? word : { ...asked, lines: word.lines };
  };
  const edge = await startEdge(async (raw) => {
    const arrived = received(manager, raw);
    if (arrived === null) return refused(400);
    let passing: Passing = { ...arrived, noted: [] };
    for (const each of chain) {
      const next = await filtered(passing, each);
      if ("answered" in next) return next;
      passing = next;
    }
    const { lines, url, noted } = passing;
    const port = routed(site, lines);
    if (port === undefined) return refused(404);
    const answers = await Promise.all(sources.map(([name]) => scripts.onResponse(name, noted)));
    return { lines, url, port, answer: (answer) => answers.reduce((now, change) => change(now), answer) };
  });
  return { ...edge, stop: async () => void (await Promise.all([edge.stop(), scripts.stop()])) };
}
