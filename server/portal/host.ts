import { parseAddress } from "#lib/networks/address";
import { isLoopback } from "#lib/networks/loopback";
import type { Answer } from "./target";

/** Splits `host:port`, `[::1]:port`; the name in lower case. Null if it is no host. */
function parseHost(text: string): { name: string; port: string } | null {
  const match = text.match(/^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?$/);
  return match?.[1] ? { name: match[1].toLowerCase().replace(/\.$/, ""), port: match[2] ?? "" } : null;
}

/**
 * Whether a request is meant for this portal: by its public name, or by `localhost` or an IP literal, which no foreign
 * page can make resolve to us (DNS rebinding). Reading under another name leads to the public address; writing is 421.
 * @param hosts every `Host` of the request, verbatim
 * @param target a checked target
 * @param url the public origin
 */
export function refuseHost(hosts: readonly string[], method: string, target: string, url: string): Answer | null {
  const [first] = hosts;
  const host = hosts.length === 1 && first !== undefined ? parseHost(first) : null;
  if (host === null) return { status: 400, detail: "The request must name one host." };
  const own = new URL(url);
  const standard = own.protocol === "https:" ? "443" : "80";
  if (host.name === own.hostname && (host.port || standard) === (own.port || standard)) return null;
  if (host.name === "localhost" || parseAddress(host.name.replace(/^\[(.*)\]$/, "$1")) !== null) return null;
  if (isLoopback(own.hostname) && isLoopback(host.name)) return null;
  if (method === "GET" || method === "HEAD") {
    return { status: 307, detail: `This is ${url}.`, headers: { location: `${url}${target}` } };
  }
  return { status: 421, detail: `Send this to ${url}.` };
}
