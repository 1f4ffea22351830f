import { filled } from "./configuration";
import { type Reach, socketPath } from "./reach";

/**
 * How each program is told the way to the verifier: an address, a socket, TLS, mutual TLS. What the last two need stands
 * in the shipped files behind `#tls` and `#mutual` (in Lua `--tls` and `--mutual`); a line counts once that is taken away.
 * Each takes the text of a shipped file and gives it back; a verifier at an address in clear changes the address alone.
 */

type Text = string;

const ADDRESS = "127.0.0.1:3001";

/** Takes the marks away that a way needs taken away. */
function unmarked(text: Text, { by }: Reach): Text {
  const marks = { clear: [], socket: [], tls: ["tls"], mutual: ["tls", "mutual"] }[by];
  return marks.reduce((now, mark) => {
    const place = new RegExp(`^([ \\t]*)(?:#|--)${mark} `, "gm");
    if (!place.test(now)) throw new Error(`The shipped configuration has no lines for ${mark}`);
    return now.replace(place, "$1");
  }, text);
}

const isSecured = ({ by }: Reach): boolean => by === "tls" || by === "mutual";

/** nginx: `latchkey.conf`. */
export const nginxHttpReaching = (text: Text, { address }: Reach): Text =>
  filled(text, `server ${ADDRESS};`, `server ${address};`);

/** nginx: `server.conf`. */
export function nginxServerReaching(text: Text, reach: Reach): Text {
  if (!isSecured(reach)) return text;
  return unmarked(filled(text, "proxy_pass http://latchkey-verifier/", "proxy_pass https://latchkey-verifier/"), reach);
}

/** Caddy: `latchkey.caddyfile`. */
export function caddyReaching(text: Text, reach: Reach): Text {
  const address = reach.by === "socket" ? `unix/${socketPath(reach)}` : reach.address;
  return unmarked(filled(text, ADDRESS, address), reach);
}

/** HAProxy: `latchkey.lua`. It speaks no TLS of its own with a certificate to show: `latchkey.cfg` does so for it. */
export function haproxyLuaReaching(text: Text, reach: Reach): Text {
  if (reach.by === "clear") return filled(text, ADDRESS, reach.address);
  const through = reach.by === "socket" ? `unix@${socketPath(reach)}` : "abns@latchkey-verifier";
  return filled(filled(text, ADDRESS, "latchkey-verifier"), "local THROUGH = nil", `local THROUGH = "${through}"`);
}

/** HAProxy: `latchkey.cfg`. */
export const haproxyReaching = (text: Text, reach: Reach): Text =>
  isSecured(reach) ? unmarked(filled(text, ADDRESS, reach.address), reach) : text;

/** Apache httpd: `latchkey.lua`. */
export function apacheLuaReaching(text: Text, reach: Reach): Text {
  if (reach.by !== "socket") return unmarked(filled(text, ADDRESS, reach.address), reach);
  const path = filled(text, "local SOCKET = nil", `local SOCKET = "${socketPath(reach)}"`);
  return filled(path, ADDRESS, "latchkey-verifier");
}

/** Traefik: `latchkey.yaml`. No socket is in its reach. */
export const traefikReaching = (text: Text, reach: Reach): Text =>
  unmarked(filled(text, `http://${ADDRESS}`, `http${isSecured(reach) ? "s" : ""}://${reach.address}`), reach);

/** What APISIX and Kong start with: it names who signed the verifier's certificate. */
export const openrestyStartReaching = (text: Text, reach: Reach): Text =>
  unmarked(text, isSecured(reach) ? { ...reach, by: "tls" } : reach);

/** Apache APISIX: `apisix.yaml`. It compares the name in the address, which must not be a number then. */
export function apisixReaching(text: Text, reach: Reach): Text {
  if (!isSecured(reach)) return filled(text, ADDRESS, reach.address);
  const port = reach.address.slice(reach.address.lastIndexOf(":"));
  const secured = filled(text, `http://${ADDRESS}`, `https://verifier.example.com${port}`);
  return filled(secured, "# EDIT: the verifier,", "# EDIT: the verifier by a name in its certificate,");
}

/** @returns host, an address of version 6 in brackets, and port */
function hostAndPort({ address }: Reach): [host: string, port: string] {
  const colon = address.lastIndexOf(":");
  return [address.slice(0, colon), address.slice(colon + 1)];
}

/** Kong: `kong.yaml`. It compares the certificate with a name of its own. */
export function kongReaching(text: Text, reach: Reach): Text {
  const [host, port] = hostAndPort(reach);
  const at =
    reach.by === "socket" ? `{ host = "${reach.address}" }` : `{ scheme = "http", host = "${host}", port = ${port} }`;
  const way: Reach = isSecured(reach) ? { ...reach, by: "tls" } : reach;
  return unmarked(filled(text, '{ scheme = "http", host = "127.0.0.1", port = 3001 }', at), way);
}

/** An address as Envoy has it: host and port, or a socket. */
function envoyAddress(reach: Reach): Text {
  if (reach.by === "socket") return `{ pipe: { path: ${socketPath(reach)} } }`;
  const [host, port] = hostAndPort(reach);
  return `{ socket_address: { address: ${JSON.stringify(host.replace(/^\[(.*)\]$/, "$1"))}, port_value: ${port} } }`;
}

/** Envoy. @param port of the verifier in the shipped file */
export const envoyReaching = (text: Text, reach: Reach, port: 3001 | 3003): Text =>
  unmarked(filled(text, `{ socket_address: { address: 127.0.0.1, port_value: ${port} } }`, envoyAddress(reach)), reach);

/** Istio: `latchkey.yaml`. Where the verifier is, the operator says; no socket is in its reach. */
export function istioReaching(text: Text, reach: Reach): Text {
  if (!isSecured(reach)) return text;
  return unmarked(reach.by === "mutual" ? filled(text, "mode: SIMPLE", "mode: MUTUAL") : text, reach);
}
