import { parse } from "yaml";
import { type Arrived, type Lines, passOn, replaced, startEdge, valuesIn, without } from "./edge";
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
type Plugins = { "forward-auth": ForwardAuth; "response-rewrite": { headers: { remove: string[] } } };

/** What nginx refuses before anybody is asked: broken escapes, NULs, what leads above the root. */
const UNREADABLE = /%(?![0-9a-f]{2})|%00|^\/\.\.$/i;
/** nginx says its own of these. */
const HOP = ["connection", "upgrade", "keep-alive", "te"];
const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());

/** The path as nginx decodes it, which is what APISIX calls `request_uri`. */
const decoded = (url: string): string => {
  const [path = "", ...query] = url.split("?");
  return [decodeURIComponent(path.replace(/%(?:[89a-f][0-9a-f])/gi, "x")).replace(/\/+/g, "/"), ...query].join("?");
};

/** The plugin: one value of each header, and what the answer lacks is taken from the request. */
async function asked(auth: ForwardAuth, { method, url, lines, address }: Arrived) {
  if (auth.request_method !== "GET" || auth.allow_degradation) throw new Error("not emulated");
  const values: Record<string, string> = { $real_request_uri: url };
  const extra = Object.entries(auth.extra_headers).map(
    ([name, value]) => [name.toLowerCase(), values[value] ?? value] as const,
  );
  const [host = ""] = valuesIn(lines, "host");
  const own: Lines = [
    ...([
      ["x-forwarded-proto", "http"],
      ["x-forwarded-method", method],
      ["x-forwarded-host", host.replace(/:\d+$/, "").toLowerCase()],
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
  const [route] = parse(text).routes;
  const plugins: Plugins = route.plugins;
  if (Object.keys(plugins).join() !== "forward-auth,response-rewrite" || route.uri !== "/*")
    throw new Error("not emulated");
  const gone = lower(plugins["response-rewrite"].headers.remove);
  return startEdge(site.upstreamPort, async (raw) => {
    if (UNREADABLE.test(raw.url.split("?")[0] ?? "")) return refused(400);
    if (["TRACE", "CONNECT"].includes(raw.method)) return refused(405);
    const lines = without(raw.lines, (name) => name.includes("_"));
    // nginx knows one Authorization and one Host.
    if (["authorization", "host"].some((name) => valuesIn(lines, name).length > 1)) return refused(400);
    const [host = ""] = valuesIn(lines, "host");
    if (!route.hosts.includes(host.replace(/:\d+$/, "").toLowerCase())) return refused(404);
    const word = await asked(plugins["forward-auth"], { ...raw, lines });
    if ("answered" in word) return word;
    const sent = without(word.lines, (name) => HOP.includes(name));
    return { lines: sent, answer: (each) => without(each, (name) => gone.includes(name)) };
  });
}
