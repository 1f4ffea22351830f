import { type Arrived, valuesIn } from "./edge";

type Text = { exact?: string; prefix?: string; safe_regex?: { regex: string } };
type HeaderMatch = { name: string; present_match?: boolean; string_match?: Text };
type Upgrade = { upgrade_type: string; enabled?: boolean };

/** What the emulation reads of a shipped configuration; whatever else stands there it does not know. */
export type Route = {
  match: { prefix: string; headers?: HeaderMatch[] };
  route?: { cluster: string; upgrade_configs?: Upgrade[] };
  direct_response?: { status: number };
  metadata?: { filter_metadata: Record<string, Record<string, string>> };
  typed_per_filter_config?: Record<string, { disabled?: boolean }>;
};
export type VirtualHost = { name: string; domains: string[]; routes: Route[] };

/** RE2 matches the whole value, and says `(?i:…)` where JavaScript of today cannot. */
function wholly(regex: string, value: string): boolean {
  const plain = regex.replace(/\(\?i:((?:[^()]|\([^()]*\))*)\)/g, (_all, inner: string) => `(?:${folded(inner)})`);
  return new RegExp(`^(?:${plain})$`, "s").test(value);
}

const folded = (text: string): string => text.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

export function saysSo({ exact, prefix, safe_regex }: Text, value: string): boolean {
  if (exact !== undefined) return value === exact;
  if (prefix !== undefined) return value.startsWith(prefix);
  if (safe_regex !== undefined) return wholly(safe_regex.regex, value);
  throw new Error("The emulation knows no such match");
}

function holds({ name, present_match, string_match }: HeaderMatch, { method, url, lines }: Arrived): boolean {
  const special = { ":method": method, ":path": url }[name];
  const values = special === undefined ? valuesIn(lines, name) : [special];
  if (present_match) return values.length > 0;
  return string_match !== undefined && values.length > 0 && saysSo(string_match, values.join(","));
}

const serves = (domain: string, host: string): boolean =>
  domain.endsWith("*") ? host.startsWith(domain.slice(0, -1)) : host === domain;

/** The first route that matches; undefined where there is none: 404. */
export function routeOf(hosts: readonly VirtualHost[], arrived: Arrived): Route | undefined {
  const [host = ""] = valuesIn(arrived.lines, "host");
  const found = hosts.find(({ domains }) => domains.some((domain) => serves(domain, host.toLowerCase())));
  return found?.routes.find(
    ({ match }) =>
      arrived.url.startsWith(match.prefix) && (match.headers ?? []).every((header) => holds(header, arrived)),
  );
}

/** Whether an upgrade of this type passes: the route's word counts above that of the listener. */
export function upgrades(listener: readonly Upgrade[], route: Route, type: string): boolean {
  const own = route.route?.upgrade_configs?.find(({ upgrade_type }) => upgrade_type === type);
  const general = listener.find(({ upgrade_type }) => upgrade_type === type);
  return own === undefined ? general !== undefined && general.enabled !== false : own.enabled !== false;
}
