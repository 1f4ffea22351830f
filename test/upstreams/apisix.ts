import { parse } from "yaml";
import { type Arrived, inOriginForm, type Lines, passOn, replaced, startEdge, valuesIn, without } from "./edge";
import type { EmulatedSite } from "./emulated";
import { refused } from "./envoy";
import { portalFile } from "./portal-file";
import type { Running } from "./program";

type ForwardAuth = {
  uri: string;
  request_method: string;
  timeout: number;
  allow_degradation: boolean;
  status_on_error: number;
  extra_headers: Record<string, string>;
  request_headers: string[];
  upstream_headers: string[];
  client_headers: string[];
};
type Plugins = {
  "serverless-pre-function": { phase: string; functions: string[] };
  "forward-auth": ForwardAuth;
  "response-rewrite": { headers: { remove: string[] } };
};

type Config = { id: string; plugins: Plugins };
type Var = readonly [name: string, operator: string, value: string];
type Route = {
  hosts: string[];
  vars: Var[];
  uri: string;
  plugin_config_id: string;
  upstream: { pass_host: string; nodes: Record<string, number> };
};

/** PCRE has the case of a part in it, where JavaScript of today has it of the whole. */
function says([name, operator, value]: Var, line: string): boolean {
  const [, inside, behind] = /^\^\(\?i:(.*)\)(\(:\[0-9\]\+\)\?\$)$/.exec(value) ?? [];
  if (name !== "http_host" || operator !== "~~" || inside === undefined) throw new Error("not emulated");
  return new RegExp(`^(?:${inside})${behind}`, "i").test(line);
}

/** What nginx refuses before anybody is asked: broken escapes, NULs, what leads above the root. */
const UNREADABLE = /%(?![0-9a-f]{2})|%00|^\/\.\.$/i;
/** nginx says its own of these. */
const HOP = ["connection", "upgrade", "keep-alive", "te"];
const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());

const REFUSES_TWO =
  /^return function\(\)\n {2}if type\(ngx\.req\.get_headers\(0\)\["([a-z-]+)"\]\) == "table" then return (\d+) end\nend\n$/;

/** What its functions in Lua refuse before it asks: the one that is there counts the lines of a header. */
function refusedBefore({ phase, functions }: Plugins["serverless-pre-function"], lines: Lines) {
  const [, name = "", status = ""] = REFUSES_TWO.exec(functions.join("")) ?? [];
  if (phase !== "access" || functions.length !== 1 || name === "") throw new Error("not emulated");
  return valuesIn(lines, name).length > 1 ? refused(Number(status)) : null;
}

/** The path as nginx decodes it, which is what APISIX calls `request_uri`. */
const decoded = (url: string): string => {
  const [path = "", ...query] = url.split("?");
  return [decodeURIComponent(path.replace(/%(?:[89a-f][0-9a-f])/gi, "x")).replace(/\/+/g, "/"), ...query].join("?");
};

/** The plugin: one value of each header, and what the answer lacks is taken from the request. */
async function asked(auth: ForwardAuth, host: string, { method, url, lines, address }: Arrived) {
  if (auth.request_method !== "GET" || auth.allow_degradation) throw new Error("not emulated");
  const values: Record<string, string> = { $real_request_uri: url };
  const extra = Object.entries(auth.extra_headers).map(
    ([name, value]) => [name.toLowerCase(), values[value] ?? value] as const,
  );
  const own: Lines = [
    ...([
      ["x-forwarded-proto", "http"],
      ["x-forwarded-method", method],
      ["x-forwarded-host", host],
    ] as const),
    ...([
      ["x-forwarded-uri", decoded(url)],
      ["x-forwarded-for", address],
    ] as const),
  ];
  const set = extra.reduce((all, [name, value]) => replaced(all, name, value), own);
  const told = lower(auth.request_headers).flatMap((name) =>
    valuesIn(lines, name)
      .slice(0, 1)
      .map((value) => [name, value] as const),
  );
  const { port, host: to, pathname } = new URL(auth.uri);
  const question = { method: "GET", url: pathname, lines: [["host", to] as const, ...set, ...told] };
  const answer = await passOn(Number(port), question, Buffer.alloc(0), auth.timeout).catch(() => null);
  if (answer === null) return refused(auth.status_on_error);
  if (answer.status >= 300) {
    const client = lower(auth.client_headers);
    return { answered: { ...answer, lines: answer.lines.filter(([name]) => client.includes(name)) } };
  }
  const named = lower(auth.upstream_headers);
  const word = answer.lines.filter(([name]) => named.includes(name));
  return { lines: [...without(lines, (name) => named.includes(name)), ...word] };
}

/** Emulates APISIX with the files of the gateway's page, of which it obeys what it reads. */
export async function startApisix(site: EmulatedSite): Promise<Running> {
  const file = portalFile("Apache APISIX", site);
  if (parse(await file("conf/config.yaml")).nginx_config.http.underscores_in_headers !== "off")
    throw new Error("not emulated");
  const text = (await file("conf/apisix.yaml")).replace("CHANGE-ME", () => JSON.stringify(site.gatewaySecret));
  const { plugin_configs: configs, routes }: { plugin_configs: Config[]; routes: Route[] } = parse(text);
  const pluginsOf = ({ uri, plugin_config_id: id, ...route }: Route): Plugins => {
    const { plugins } = configs.find((each) => each.id === id) ?? {};
    if (plugins === undefined || uri !== "/*" || "plugins" in route) throw new Error("not emulated");
    if (Object.keys(plugins).join() !== "serverless-pre-function,forward-auth,response-rewrite")
      throw new Error("not emulated");
    return plugins;
  };
  return startEdge(async (came) => {
    const { arrived: raw, named } = inOriginForm(came);
    if (UNREADABLE.test(raw.url.split("?")[0] ?? "")) return refused(400);
    if (["TRACE", "CONNECT"].includes(raw.method)) return refused(405);
    const lines = without(raw.lines, (name) => name.includes("_"));
    // nginx knows one Authorization.
    if (valuesIn(lines, "authorization").length > 1) return refused(400);
    const [line = ""] = valuesIn(lines, "host");
    // What nginx calls $host: of the request line, where it begins with an address.
    const host = (named ?? line).replace(/:\d+$/, "").replace(/\.$/, "").toLowerCase();
    const route = routes.find(({ hosts, vars }) => hosts.includes(host) && vars.every((each) => says(each, line)));
    if (route === undefined) return refused(404);
    const plugins = pluginsOf(route);
    const before = refusedBefore(plugins["serverless-pre-function"], lines);
    if (before !== null) return before;
    const gone = lower(plugins["response-rewrite"].headers.remove);
    const word = await asked(plugins["forward-auth"], host, { ...raw, lines });
    if ("answered" in word) return word;
    const [node = ""] = Object.keys(route.upstream.nodes);
    if (route.upstream.pass_host !== "pass") throw new Error("not emulated");
    const plain = without(word.lines, (name) => HOP.includes(name));
    const sent = replaced(plain, "x-real-ip", raw.address);
    const answer = (each: Lines) => without(each, (name) => gone.includes(name));
    return { lines: sent, answer, url: raw.url, port: Number(node.split(":")[1]) };
  });
}
