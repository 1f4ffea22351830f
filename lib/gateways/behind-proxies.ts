import { filled } from "./configuration";

/**
 * What the shipped configurations need besides where proxies stand in front of the gateway: the list of addresses that
 * those bring goes on to the verifier, with the other end of the connection at its end. What anybody else says of
 * addresses is dropped as ever. Each takes CIDRs and gives back the file; without any it stays as it is.
 */

type Text = string;
type Ranges = readonly string[];

const CADDY_CLEANS = "\trequest_header -X-Forwarded-*  # Caddy sets its own\n";

/** Caddy 2.6 and later: `latchkey.caddyfile`. */
export function caddyBehind(text: Text, proxies: Ranges): Text {
  if (proxies.length === 0) return text;
  const trusted = `trusted_proxies ${proxies.join(" ")}`;
  const cleans = `\tvars latchkey_list {http.request.header.X-Forwarded-For}
	request_header -X-Forwarded-*  # Caddy sets its own
	request_header X-Forwarded-For {http.vars.latchkey_list}  # only what the proxies in front say of it is kept\n`;
  const asks = filled(
    filled(text, CADDY_CLEANS, cleans),
    /^\tforward_auth .*$/m,
    `${text.match(/^\tforward_auth .*$/m)}\n\t\t${trusted}`,
  );
  return filled(asks, /^(\t+)reverse_proxy \{args\.0\}$/gm, `\treverse_proxy {args.0} {\n\t\t${trusted}\n\t}`);
}

/** How many words HAProxy takes in a line, with room for what stands before. */
const WORDS = 40;

/** HAProxy: `haproxy.cfg`. */
export function haproxyBehind(text: Text, proxies: Ranges): Text {
  if (proxies.length === 0) return text;
  const lines: string[] = [];
  for (let at = 0; at < proxies.length; at += WORDS)
    lines.push(`  acl in-front src ${proxies.slice(at, at + WORDS).join(" ")}`);
  const cleans = `${lines.join("\n")}
  http-request del-header x-forwarded-for if !in-front              # only the proxies in front say from where a request comes
  http-request del-header ^x-forwarded-([^f]|f[^o]|fo[^r]|for.) -m reg\n`;
  return filled(text, / {2}http-request del-header x-forwarded- -m beg\n/g, cleans);
}

/** Apache httpd: the sites. Needs mod_setenvif. */
export function apacheBehind(text: Text, proxies: Ranges): Text {
  if (proxies.length === 0) return text;
  const lines = proxies.map((each) => `  SetEnvIfExpr "-R '${each}'" LATCHKEY_IN_FRONT\n`).join("");
  return filled(text, / {2}TraceEnable off\n/g, `  TraceEnable off\n${lines}`);
}

const list = (proxies: Ranges): string => `[${proxies.map((each) => JSON.stringify(each)).join(", ")}]`;

/** Traefik: what it starts with. */
export function traefikStartBehind(text: Text, proxies: Ranges): Text {
  if (proxies.length === 0) return text;
  const entry = '    address: ":443"\n';
  return filled(text, entry, `${entry}    forwardedHeaders:\n      trustedIPs: ${list(proxies)}\n`);
}

/** Traefik: routers and middlewares. It would believe what proxies pass on of method, host and path too: that goes. */
export function traefikBehind(text: Text, proxies: Ranges): Text {
  if (proxies.length === 0) return text;
  const gone = ["Method", "Uri", "Host"].map((name) => `          X-Forwarded-${name}: ""\n`).join("");
  const connection = '          Connection: ""\n';
  return filled(
    filled(text, connection, `${connection}${gone}`),
    /trustForwardHeader: false #.*/,
    "trustForwardHeader: true # the list of the proxies that the entry point trusts",
  );
}

/** Envoy asked by HTTP: it adds the other end of the connection to the list by itself. */
export function envoyHttpBehind(text: Text, proxies: Ranges): Text {
  if (proxies.length === 0) return text;
  return filled(text, / {26}- append: # one address.*\n.*\n.*OVERWRITE_IF_EXISTS_OR_ADD\n/, "");
}
