import { parse } from "yaml";
import {
  type Answered,
  type Arrived,
  inOriginForm,
  type Lines,
  portOf,
  replaced,
  startEdge,
  valuesIn,
  without,
} from "./edge";
import type { EmulatedSite } from "./emulated";
import { refused, withRemoteUser } from "./envoy";
import { type KongOrders, type KongRequest, startKongLua } from "./kong-lua";
import { sentUri } from "./kong-paths";
import { portalFile } from "./portal-file";
import type { Running } from "./program";

type Route = { name: string; hosts: string[]; strip_path: boolean; preserve_host: boolean };

type Plugin = { name: string; config: Record<"access" | "header_filter", string[]> };
type Service = { url: string; routes: Route[]; plugins: Plugin[] };

/** What nginx refuses before anybody is asked: broken escapes, NULs, what leads above the root. */
const UNREADABLE = /%(?![0-9a-f]{2})|%00|^\/\.\.$/i;
/** nginx says its own of these. */
const HOP = ["connection", "upgrade", "keep-alive", "te"];

const of = (orders: KongOrders, order: string) => orders.flatMap(([each, ...words]) => (each === order ? [words] : []));

/** What a function did to the request: an answer of its own, or other headers. An error is one: Kong answers with 500. */
function applied(orders: KongOrders, lines: Lines): Lines | { readonly answered: Answered } {
  const [exit] = of(orders, "exit");
  if (of(orders, "failed").length > 0) return { answered: refused(500) };
  if (exit !== undefined) {
    const answer = of(orders, "answer").map(([name = "", value = ""]) => [name.toLowerCase(), value] as const);
    return { answered: { answered: { status: Number(exit[0]), lines: answer, body: exit[1] ?? "" } } };
  }
  return orders.reduce((now, [order, name = "", value = ""]) => {
    const lower = name.toLowerCase();
    if (order === "set") return replaced(now, lower, value);
    return order === "clear" ? without(now, (each) => each === lower) : now;
  }, lines);
}

/** What Kong makes of a request before its plugins run; `upstream_uri` is what it will send, without the query. */
function requestOf({ method, url, address }: Arrived, lines: Lines, route: string): KongRequest {
  const [path = ""] = url.split("?");
  const args = url.slice(path.length + 1).split("#")[0] ?? "";
  const variables = {
    ...{ request_uri: url, args, is_args: args === "" ? "" : "?", upstream_uri: sentUri(path) },
    ...{ scheme: "http", remote_addr: address },
  };
  return { method, lines, shared: "", variables, route };
}

/** What Kong does after its plugins: the query, and nothing of what the client's Connection names. */
function sent({ variables }: KongRequest, orders: KongOrders, lines: Lines) {
  const { upstream_uri = "", request_uri = "", is_args, args = "", remote_addr = "" } = variables;
  const url = upstream_uri + (is_args === "?" || request_uri.endsWith("?") ? `?${args}` : "");
  const set = new Map(of(orders, "variable").map(([name = "", value = ""]) => [name, value]));
  const forwarded = set.get("upstream_x_forwarded_for") ?? [...valuesIn(lines, "x-forwarded-for"), remote_addr].join();
  const named = valuesIn(lines, "connection").flatMap((value) => value.toLowerCase().split(/, */));
  const websocket = valuesIn(lines, "upgrade")[0]?.toLowerCase() === "websocket";
  const plain = without(lines, (name) => HOP.includes(name) || named.includes(name) || name.startsWith("proxy"));
  const own: Lines = [
    ["x-forwarded-for", forwarded],
    ...((set.get("upstream_x_forwarded_path") ?? request_uri) ? [["x-forwarded-path", request_uri] as const] : []),
    ...(websocket ? [["connection", "keep-alive, Upgrade"] as const, ["upgrade", "websocket"] as const] : []),
  ];
  return { url, lines: own.reduce((all, [name, value]) => replaced(all, name, value), plain) };
}

/** A service with its one plugin, whose functions run. */
async function serviceOf({ url, routes, plugins }: Service) {
  const [plugin, ...others] = plugins;
  if (plugin?.name !== "pre-function" || others.length > 0) throw new Error("not emulated");
  const { access, header_filter, ...more } = plugin.config;
  if (Object.keys(more).length > 0 || access.length + header_filter.length !== 2) throw new Error("not emulated");
  const lua = await startKongLua({ access: access.join(), header_filter: header_filter.join() });
  return { routes, lua, port: portOf(url) };
}

/** Emulates Kong with the files of the gateway's page; its Lua runs as it is. */
export async function startKong(site: EmulatedSite): Promise<Running> {
  const file = portalFile("Kong", site);
  const start = await file("/etc/kong/kong.conf");
  if (!/^untrusted_lua_sandbox_requires = resty\.http\b/m.test(start)) throw new Error("not emulated");
  const text = (await file("/etc/kong/kong.yaml"))
    .replace("jira.main-host.invalid", site.mainHost)
    .replaceAll("CHANGE-ME", () => site.gatewaySecret);
  const { services }: { services: Service[] } = parse(withRemoteUser(text, site));
  const running = await Promise.all(services.map(serviceOf));
  const leading = (host: string) =>
    running
      .map(({ routes, ...service }) => ({ ...service, route: routes.find((each) => each.hosts.includes(host)) }))
      .find(({ route }) => route !== undefined);
  const edge = await startEdge(async (came) => {
    // Kong looks at the Host line alone, whatever the request line says.
    const { arrived: raw } = inOriginForm(came);
    if (UNREADABLE.test(raw.url.split(/[?#]/)[0] ?? "")) return refused(400);
    if (["TRACE", "CONNECT"].includes(raw.method)) return refused(405);
    // nginx knows one Authorization.
    if (valuesIn(raw.lines, "authorization").length > 1) return refused(400);
    const [host = ""] = valuesIn(raw.lines, "host");
    const { route, lua, port } = leading(host.replace(/:\d+$/, "").toLowerCase()) ?? {};
    if (route === undefined || lua === undefined || port === undefined) return refused(404);
    if (route.strip_path || !route.preserve_host) throw new Error("not emulated");
    const asked = requestOf(raw, raw.lines, route.name);
    const orders = await lua.run("access", asked);
    const lines = applied(orders, raw.lines);
    if ("answered" in lines) return lines.answered;
    const [[shared = ""] = []] = of(orders, "shared");
    const hidden = of(await lua.run("header_filter", { ...asked, shared }), "hide").flat();
    const gone = hidden.map((each) => each.toLowerCase());
    const answer = (each: Lines) => without(each, (one) => gone.includes(one));
    return { ...sent(asked, orders, lines), answer, port };
  });
  const stop = async () => void (await Promise.all([edge.stop(), ...running.map(({ lua }) => lua.stop())]));
  return { ...edge, stop };
}
