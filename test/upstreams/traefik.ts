import { parse } from "yaml";
import { parseAddress } from "#lib/networks/address";
import { compileRanges, inRanges } from "#lib/networks/range-set";
import { type Dialed, tlsOf } from "./dialed";
import {
  type Answered,
  type Arrived,
  asAddressed,
  hopByHop,
  type Lines,
  type Onward,
  passOn,
  portOf,
  replaced,
  startEdge,
  valuesIn,
  without,
} from "./edge";
import type { EmulatedSite } from "./emulated";
import { portalFile } from "./portal-file";
import type { Running } from "./program";
import { ruleHolds, unreserved } from "./traefik-rule";

type Named = Readonly<Record<string, string>>;
type ForwardAuth = {
  address: string;
  trustForwardHeader: boolean;
  authRequestHeaders: string[];
  authResponseHeaders: string[];
  tls?: { ca: string; cert?: string; key?: string };
};
/** A certificate is for the host of the address. */
function dialedBy({ address, tls }: ForwardAuth): Dialed {
  const { protocol, hostname: host, port } = new URL(address);
  const at = { host, port: Number(port) };
  if ((protocol === "https:") !== (tls !== undefined)) throw new Error("not emulated");
  return { at, tls: tls === undefined ? null : tlsOf(tls.ca, host, tls.cert, tls.key) };
}

type Middleware = {
  headers?: { customRequestHeaders?: Named; customResponseHeaders?: Named };
  forwardAuth?: ForwardAuth;
  redirectRegex?: { regex: string; replacement: string };
};
type Router = { rule: string; priority?: number; middlewares: string[]; service: string };
type Service = { loadBalancer: { servers: { url: string }[] } };
type EntryPoint = {
  forwardedHeaders?: { trustedIPs: string[] };
  http: EntryHttp;
};
type EntryHttp = {
  underscoreHeadersStrategy: string;
  sanitizePath: boolean;
  encodedCharacters: Record<string, boolean>;
};

const HOP = ["connection", "keep-alive", "te", "trailers", "transfer-encoding", "upgrade"];
/** What Go refuses to parse, and characters of a path that it writes escaped. */
const UNREADABLE = /%(?![0-9a-f]{2})/i;
const ESCAPED = /[\\#"<>^`{|}]/g;
const ENCODED = /%(2f|5c|00|3b|23|3f)/i;
const refused = (status: number): Answered => ({ answered: { status, lines: [], body: "" } });

/** An empty value takes a header away. */
const changed = (lines: Lines, headers: Named = {}): Lines =>
  Object.entries(headers).reduce((all, [name, value]) => {
    const key = name.toLowerCase();
    return value === "" ? without(all, (each) => each === key) : replaced(all, key, value);
  }, lines);

/** What the entry point makes of a path: dots resolved, or null where a character is refused. */
function sanitized({ encodedCharacters, sanitizePath }: EntryHttp, url: string): string | null {
  const [path = "", ...query] = url.split("?");
  if (UNREADABLE.test(path)) return null;
  if (ENCODED.test(path) && Object.values(encodedCharacters).includes(false)) return null;
  if (!sanitizePath) throw new Error("not emulated");
  const segments: string[] = [];
  const written = path.replace(ESCAPED, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
  for (const segment of unreserved(written).split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(segment);
  }
  const clean = `/${segments.join("/")}${segments.length > 0 && path.endsWith("/") ? "/" : ""}`;
  return [clean, ...query].join("?");
}

/** Of the whole address as it came; what it makes of one that matches is where the client is sent (Go writes all of it as ${0}). */
function redirected({ redirectRegex }: Middleware, { method, url, lines }: Arrived): Answered | null {
  if (redirectRegex === undefined) return null;
  const came = `http://${valuesIn(lines, "host")[0] ?? ""}${url}`;
  const expression = new RegExp(redirectRegex.regex.replace("(?i)", ""), "i");
  const goes = came.replace(expression, redirectRegex.replacement.replace(/\$\{0\}/, "$$&"));
  const status = method === "GET" ? 302 : 307;
  return goes === came ? null : { answered: { status, lines: [["location", goes]], body: "" } };
}

async function asked(auth: ForwardAuth, arrived: Arrived): Promise<{ readonly lines: Lines } | Answered> {
  const { method, url, lines, address } = arrived;
  // Trusting is for all of them: what stands there already counts.
  const said = (name: string, own: string) => (auth.trustForwardHeader && valuesIn(lines, name)[0]) || own;
  const list = auth.trustForwardHeader ? valuesIn(lines, "x-forwarded-for") : [];
  const hop = hopByHop(lines);
  const allowed = auth.authRequestHeaders.map((name) => name.toLowerCase());
  const told = lines.filter(([name]) => allowed.includes(name) && !hop.has(name) && !HOP.includes(name));
  const { host, pathname } = new URL(auth.address);
  const own: Lines = [
    ...([
      ["host", host],
      ["x-forwarded-method", said("x-forwarded-method", method)],
      ["x-forwarded-proto", said("x-forwarded-proto", "http")],
      ["x-forwarded-uri", said("x-forwarded-uri", url)],
    ] as const),
    ...([
      ["x-forwarded-host", said("x-forwarded-host", valuesIn(lines, "host")[0] ?? "")],
      ["x-forwarded-for", [...list, address].join(", ")],
    ] as const),
  ];
  const question = { method: "GET", url: pathname, lines: [...told, ...own] };
  const answer = await passOn(dialedBy(auth), question, Buffer.alloc(0), 1_000).catch(() => null);
  if (answer === null) return refused(500);
  if (answer.status < 200 || answer.status > 299) return { answered: answer };
  const named = auth.authResponseHeaders.map((name) => name.toLowerCase());
  const set = answer.lines.filter(([name]) => named.includes(name));
  return { lines: [...without(lines, (name) => named.includes(name)), ...set] };
}

/** Emulates Traefik with the files of the gateway's page, of which it obeys what it reads. */
export async function startTraefik(site: EmulatedSite): Promise<Running> {
  const file = portalFile("Traefik", site);
  const start = parse(await file("/etc/traefik/traefik.yaml")).entryPoints.websecure as EntryPoint;
  const trusted = compileRanges(start.forwardedHeaders?.trustedIPs ?? [], new Map());
  const entry = start.http;
  const text = (await file("/etc/traefik/latchkey.yaml"))
    .replaceAll("jira.main-host.invalid", site.mainHost)
    .replace('{{ env "LATCHKEY_GATEWAY_KEY" }}', () => site.gatewaySecret.replaceAll("'", "''"));
  const { routers, middlewares, services } = parse(text).http as {
    routers: Record<string, Router>;
    middlewares: Record<string, Middleware>;
    services: Record<string, Service>;
  };
  const inOrder = Object.values(routers).sort((a, b) => (b.priority ?? b.rule.length) - (a.priority ?? a.rule.length));

  const through = async (names: readonly string[], arrived: Arrived): Promise<Onward | Answered> => {
    const [name, ...rest] = names;
    if (name === undefined) return { lines: forwarded(arrived), answer: (each) => each };
    const middleware = middlewares[name] ?? {};
    const { headers, forwardAuth } = middleware;
    const elsewhere = redirected(middleware, arrived);
    if (elsewhere !== null) return elsewhere;
    const lines = changed(arrived.lines, headers?.customRequestHeaders);
    const word = forwardAuth ? await asked(forwardAuth, { ...arrived, lines }) : { lines };
    if ("answered" in word) return word;
    const inner = await through(rest, { ...arrived, lines: word.lines });
    if ("answered" in inner) return inner;
    return { ...inner, answer: (each) => changed(inner.answer(each), headers?.customResponseHeaders) };
  };

  return startEdge(async (came) => {
    const raw = asAddressed(came);
    const url = sanitized(entry, raw.url);
    if (url === null) return refused(400);
    if (entry.underscoreHeadersStrategy !== "delete") throw new Error("not emulated");
    const peer = parseAddress(raw.address);
    const isProxy = peer !== null && inRanges(trusted, peer);
    const itsOwn = (name: string) => name.startsWith("x-forwarded-") || name === "x-real-ip";
    const clean = without(raw.lines, (name) => name.includes("_") || (!isProxy && itsOwn(name)));
    const [real = raw.address] = valuesIn(clean, "x-real-ip");
    const arrived = { ...raw, url, lines: replaced(clean, "x-real-ip", real) };
    const router = inOrder.find(({ rule }) => ruleHolds(rule, arrived));
    if (router === undefined) return refused(404);
    const verdict = await through(router.middlewares, arrived);
    const port = portOf(services[router.service]?.loadBalancer.servers[0]?.url ?? "");
    return "answered" in verdict ? verdict : { ...verdict, url, port };
  });
}

/** What the reverse proxy sends on: nothing that is for the next hop alone, but an upgrade; its own word about the client. */
function forwarded({ lines, address }: Arrived): Lines {
  const hop = hopByHop(lines);
  const upgrade = valuesIn(lines, "upgrade")[0];
  const plain = without(lines, (name) => hop.has(name) || HOP.includes(name));
  const own = replaced(plain, "x-forwarded-for", [...valuesIn(plain, "x-forwarded-for"), address].join(", "));
  return hop.has("upgrade") && upgrade !== undefined ? [...own, ["connection", "Upgrade"], ["upgrade", upgrade]] : own;
}
