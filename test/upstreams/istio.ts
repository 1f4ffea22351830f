import { parse, parseAllDocuments } from "yaml";
import { type Answered, type Onward, startEdge, valuesIn } from "./edge";
import type { EmulatedSite } from "./emulated";
import {
  afterAllow,
  type Mutation,
  mutated,
  type Passed,
  received,
  refused,
  type Script,
  type Scripted,
  scriptedIn,
  WORDS,
  withRemoteUser,
} from "./envoy";
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
type Policy = { action: string; rules: [{ to: [{ operation: { methods: string[]; notHosts?: string[] } }] }] };
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
function scripted(passed: Passed, host: string, unasked: readonly string[], script: Scripted): Onward | Answered {
  const { lines } = passed;
  const [auth] = valuesIn(lines, "x-latchkey-auth");
  if (auth === undefined && unasked.includes(host)) return { lines, answer: (each) => each };
  if (auth === undefined || !WORDS.includes(auth)) return refused(503);
  return valuesIn(lines, "upgrade").length > 0 ? refused(403) : afterAllow(passed, auth, script);
}

const serves = (pattern: string, host: string): boolean =>
  pattern.endsWith("*") ? host.startsWith(pattern.slice(0, -1)) : host === pattern;

/** The policy: whether somebody is asked about a request with this `:authority`, whose case does not count. */
function policyOf({ action, rules }: Policy): (authority: string) => boolean {
  const [
    {
      to: [{ operation }],
    },
  ] = rules;
  const { methods, notHosts = [], ...others } = operation;
  if (action !== "CUSTOM" || methods.join() !== "*" || Object.keys(others).length > 0) throw new Error("not emulated");
  return (authority) => !notHosts.some((each) => serves(each, authority.toLowerCase()));
}

type Unasked = {
  readonly host: string;
  readonly port: number;
  readonly listed: "twice" | "by the policy" | "by the script";
};
/** With other sites behind the same ingress gateway, as its README says how. */
export type IstioSite = EmulatedSite & { readonly unasked?: readonly Unasked[] };

/** A file with the names of sites that nobody is asked about, in its two lists. */
function exempting(text: string, { unasked = [] }: IstioSite): string {
  const namesNotIn = (list: Unasked["listed"]) =>
    unasked.filter(({ listed }) => listed !== list).map(({ host }) => host);
  const [policy, script] = [namesNotIn("by the script"), namesNotIn("by the policy")];
  const quoted = policy.map((host) => `"${host}", "${host}:*"`).join(", ");
  const listed = quoted === "" ? text : text.replace(/#sites notHosts: .*/, `notHosts: [${quoted}]`);
  const keys = script.map((host) => `["${host}"] = true`).join(", ");
  return listed.replace("local unasked = {}", `local unasked = { ${keys} }`);
}

/** Names that the script lets pass without a word of the verifier. */
const unaskedIn = ({ default_source_code: source }: Script): string[] =>
  [...(/local unasked = (.*)/.exec(source?.inline_string ?? "")?.[1] ?? "").matchAll(/"(.*?)"/g)].map(
    ([, name = ""]) => name,
  );

/** The VirtualServices of an operator who keeps to the README: each host leads to its own application. */
function routed({ apiHost, mainHost, upstreamPort, beside = [], unasked = [] }: IstioSite, host: string) {
  const own = [apiHost, mainHost].map((each) => ({ host: each, port: upstreamPort }));
  return [...own, ...beside, ...unasked].find((each) => each.host === host)?.port;
}

/** Emulates an ingress gateway of Istio's with the files of the gateway's page. */
export async function startIstio(site: IstioSite): Promise<Running> {
  const file = portalFile("Istio", site);
  const mesh = (await file("mesh.yaml")).replace("CHANGE-ME", site.gatewaySecret);
  const { envoyExtAuthzHttp } = parse(mesh).spec.meshConfig.extensionProviders[0];
  const authz = filterOf(envoyExtAuthzHttp);
  const text = exempting(withRemoteUser(await file("latchkey.yaml"), site), site);
  const [policy, filter] = parseAllDocuments(text).map((each) => each.toJS());
  const isAsked = policyOf(policy.spec);
  const patches: Patch[] = filter.spec.configPatches;
  const order = patches.map(({ applyTo, patch }) => `${applyTo} ${patch.operation}`);
  if (order.join() !== "NETWORK_FILTER MERGE,HTTP_FILTER INSERT_FIRST,HTTP_FILTER INSERT_BEFORE")
    throw new Error("not emulated");
  const [own, first, lua = {}] = patches.map(({ patch }) => patch.value.typed_config);
  const [script, unasked] = [scriptedIn(lua), unaskedIn(lua)];
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
    const [authority = ""] = valuesIn(asked.lines, "host");
    const word = isAsked(authority) ? await byHttp(authz, authz.http_service, verifier, asked) : asked;
    if ("answered" in word) return word;
    const host = authority.toLowerCase().replace(/:\d+$/, "");
    const verdict = scripted({ ...asked, lines: word.lines }, host, unasked, script);
    if ("answered" in verdict) return verdict;
    const port = routed(site, host);
    return port === undefined ? refused(404) : { ...verdict, url: asked.url, port };
  });
}
