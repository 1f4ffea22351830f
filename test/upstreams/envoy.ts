import { parse } from "yaml";
import {
  type Answered,
  type Arrived,
  asAddressed,
  hopByHop,
  type Lines,
  type Onward,
  replaced,
  startEdge,
  valuesIn,
  without,
} from "./edge";
import type { EmulatedSite } from "./emulated";
import { byGrpc, byHttp, type ExtAuthz } from "./envoy-asks";
import { type Cluster, dialedBy, portOf } from "./envoy-clusters";
import { type Route, routeOf, upgrades, type VirtualHost } from "./envoy-routes";
import { portalFile } from "./portal-file";
import type { Running } from "./program";
import { unreserved } from "./traefik-rule";

export type Mutation = { remove?: string; append?: { header: { key: string; value: string } } };
export type Script = { default_source_code?: { inline_string: string } };
type Filters = { name: string; typed_config: ExtAuthz & Script & { mutations?: { request_mutations: Mutation[] } } }[];
/** What Envoy does before any filter. */
type Receiving = {
  use_remote_address: boolean;
  normalize_path: boolean;
  merge_slashes: boolean;
  common_http_protocol_options: { headers_with_underscores_action: string };
};
type Manager = Receiving & {
  upgrade_configs: { upgrade_type: string }[];
  route_config: { virtual_hosts: VirtualHost[] };
  http_filters: Filters;
};
type Resources = {
  listeners: [{ filter_chains: [{ filters: [{ typed_config: Manager }] }] }];
  clusters: Cluster[];
};

const AUTHZ = "envoy.filters.http.ext_authz";
const LUA = "envoy.filters.http.lua";
const WORDS = ["token", "password", "foreignBearer", "oauth1", "otherScheme", "none"];
export const refused = (status: number): Answered => ({ answered: { status, lines: [], body: "" } });

/**
 * What Envoy does before any filter: its own word about the client, and nothing that is for the next hop alone.
 * @returns null for a path that it refuses
 */
export function received(manager: Receiving, came: Arrived): Arrived | null {
  const { lines, ...arrived } = asAddressed(came);
  const options = manager.common_http_protocol_options;
  if (options.headers_with_underscores_action !== "DROP_HEADER") throw new Error("not emulated");
  if (manager.merge_slashes || !manager.use_remote_address) throw new Error("not emulated");
  const url = manager.normalize_path ? normalized(arrived.url) : arrived.url;
  if (url === null || url.includes("#")) return null;
  const named = hopByHop(lines);
  const gone = (name: string) =>
    named.has(name) || name.includes("_") || ["connection", "keep-alive", "te"].includes(name);
  const plain = without(lines, (name) => name !== "upgrade" && gone(name));
  const seen = [...valuesIn(plain, "x-forwarded-for"), arrived.address].join(",");
  const told = replaced(replaced(plain, "x-forwarded-for", seen), "x-forwarded-proto", "http");
  const type = valuesIn(told, "upgrade").join(",").toLowerCase();
  const isUpgrade = named.has("upgrade") && type !== "" && type !== "h2c";
  const kept: Lines = isUpgrade
    ? [...told, ["connection", "upgrade"]]
    : without(told, (name) => name === "upgrade" || name === "http2-settings");
  return { ...arrived, url, lines: kept };
}

export function mutated(mutations: readonly Mutation[], { lines, address }: Arrived): Lines {
  return mutations.reduce((all, { remove, append }) => {
    if (remove !== undefined) return without(all, (name) => name === remove);
    if (append?.header.value !== "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%") throw new Error("not emulated");
    return replaced(all, append.header.key, address);
  }, lines);
}

/** What `normalize_path` makes of one: dots resolved, `\\` as `/`, plain characters unescaped; null for a NUL. */
function normalized(url: string): string | null {
  const [path = "", ...query] = url.split("?");
  if (path.includes("%00")) return null;
  const segments: string[] = [];
  const parts = unreserved(path).replaceAll("\\", "/").slice(1).split("/");
  for (const [n, part] of parts.entries()) {
    if (part === "..") segments.pop();
    else if (part !== ".") segments.push(part);
    if ((part === ".." || part === ".") && n === parts.length - 1) segments.push("");
  }
  return [`/${segments.join("/")}`, ...query].join("?");
}

/** What the shipped script does; envoy-script.int.test.ts runs the script itself. */
function scripted({ method, lines }: Passed, route: Route, script: Scripted): Onward | Answered {
  if (route.metadata?.filter_metadata[LUA]?.latchkey === "not asked") return { lines, answer: (each) => each };
  const [auth = ""] = valuesIn(lines, "x-latchkey-auth");
  if (!WORDS.includes(auth)) return refused(503);
  return afterAllow({ method, lines }, auth, script);
}

/** A request that was let through, as it is then. */
type Passed = { readonly method: string; readonly lines: Lines };

/**
 * What a script says that it takes away beside a token, whether it tells the owner as X-Remote-User, and whether cookies
 * beside a preflight stay behind.
 */
type Scripted = {
  readonly beside: readonly string[];
  readonly remoteUser: boolean;
  readonly withoutCookie: boolean;
};

const PREFLIGHTS =
  /^ *if auth == "none" and headers:get\(":method"\) == "OPTIONS" and headers:get\("access-control-request-method"\) then\n *headers:remove\("cookie"\)\n/m;

/** What a shipped script says. */
function scriptedIn({ default_source_code: source }: Script): Scripted {
  const text = source?.inline_string ?? "";
  const [, list = ""] = /local beside = \{ (.*) \}/.exec(text) ?? [];
  const remoteUser = /^ *if user and .* headers:replace\("x-remote-user", user\) end$/m.test(text);
  const beside = list.split(", ").map((name) => name.replaceAll('"', ""));
  return { beside, remoteUser, withoutCookie: PREFLIGHTS.test(text) };
}

/** A file with the lines for applications that know the user by X-Remote-User, where they are wanted. */
export function withRemoteUser(file: string, { remoteUser = false }: EmulatedSite): string {
  if (!file.includes("--user ")) throw new Error("There are no lines for X-Remote-User");
  return remoteUser ? file.replaceAll("--user ", "") : file;
}

/** What it does for a request that was asked about. */
function afterAllow({ method, lines }: Passed, auth: string, script: Scripted): Onward {
  const { beside, remoteUser, withoutCookie } = script;
  const isPreflight = method === "OPTIONS" && valuesIn(lines, "access-control-request-method").length > 0;
  const taken = withoutCookie && auth === "none" && isPreflight ? ["cookie"] : [];
  const isEmpty = valuesIn(lines, "authorization").join("") === "";
  const plain = without(lines, (name) => taken.includes(name) || (isEmpty && name === "authorization"));
  if (auth !== "token") return { lines: plain, answer: (each) => each };
  const [user = ""] = valuesIn(plain, "x-latchkey-user");
  const told = remoteUser && user !== "" ? replaced(plain, "x-remote-user", user) : plain;
  return {
    lines: without(told, (name) => beside.includes(name)),
    answer: (each) => without(each, (name) => name === "set-cookie"),
  };
}

/** Emulates Envoy with the file of the gateway's page, of which it obeys what it reads. */
export async function startEnvoy(by: "HTTP" | "gRPC", site: EmulatedSite): Promise<Running> {
  const file = await portalFile(`Envoy, ${by}`, site)("/etc/envoy/envoy.yaml");
  const named = file.replaceAll("jira.main-host.invalid", site.mainHost).replace("CHANGE-ME", () => site.gatewaySecret);
  const { listeners, clusters }: Resources = parse(withRemoteUser(named, site)).static_resources;
  const manager = listeners[0].filter_chains[0].filters[0].typed_config;
  const filterOf = (name: string) => {
    const found = manager.http_filters.find((filter) => filter.name === name);
    if (found === undefined) throw new Error(`Envoy asked by ${by} has no ${name}`);
    return found.typed_config;
  };
  const order = manager.http_filters.map(({ name }) => name.replace("envoy.filters.http.", ""));
  if (order.join() !== "header_mutation,ext_authz,lua,router") throw new Error("not emulated");
  const mutations = filterOf("envoy.filters.http.header_mutation").mutations?.request_mutations ?? [];
  const authz = filterOf(AUTHZ);
  const script = scriptedIn(filterOf(LUA));
  const verifier = dialedBy(clusters, "latchkey", by);
  const ask = (asked: Arrived) =>
    authz.http_service
      ? byHttp(authz, authz.http_service, verifier, asked)
      : authz.grpc_service
        ? byGrpc(authz.grpc_service, verifier, asked)
        : Promise.reject(new Error("nobody to ask"));

  return startEdge(async (raw) => {
    const arrived = received(manager, raw);
    if (arrived === null) return refused(400);
    const route = routeOf(manager.route_config.virtual_hosts, arrived);
    if (route === undefined) return refused(404);
    const type = valuesIn(arrived.lines, "upgrade").join(",").toLowerCase();
    if (type !== "" && !upgrades(manager.upgrade_configs, route, type)) return refused(403);
    const asked = { ...arrived, lines: mutated(mutations, arrived) };
    const isAsked = route.typed_per_filter_config?.[AUTHZ]?.disabled !== true;
    const word = isAsked ? await ask(asked) : asked;
    if ("answered" in word) return word;
    if (route.direct_response) return refused(route.direct_response.status);
    const verdict = scripted({ ...arrived, lines: word.lines }, route, script);
    const port = portOf(clusters, route.route?.cluster);
    return "answered" in verdict ? verdict : { ...verdict, url: arrived.url, port };
  });
}
