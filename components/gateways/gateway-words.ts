import { reportsList } from "#lib/gateways/gateway";
import { type callsOf, silenceOf } from "#lib/gateways/overview";
import type { GatewayView } from "#lib/gateways/view";

/** What is odd about when it last called; null while nothing is. `now` in epoch milliseconds. */
export function silenceWords(lastContactAt: string | null, now: number): string | null {
  const silence = silenceOf(lastContactAt, now);
  if (silence === null) return null;
  if (silence === "never") return "Has not called yet";
  return silence < 48 ? `Silent for ${silence} h` : `Silent for ${Math.floor(silence / 24)} days`;
}

/** *1,204 calls, 3 refused*. */
export function callsWords({ all, refused }: ReturnType<typeof callsOf>): string {
  if (all === 0) return "No calls";
  const calls = all === 1 ? "1 call" : `${all.toLocaleString("en")} calls`;
  return refused === 0 ? `${calls}, none refused` : `${calls}, ${refused.toLocaleString("en")} refused`;
}

/** Whom a gateway trusts to say for whom they ask; null for nobody. */
export function trustInWords({
  trustedHops,
  trustedRanges,
}: Pick<GatewayView, "trustedHops" | "trustedRanges">): string | null {
  if (trustedHops === 0) return null;
  return `${trustedRanges.join(", ")}; at most ${trustedHops} of them`;
}

/** Where it is said which proxies stand in front of a gateway that tells one address; null for one that tells a list. */
export function ownTrustWords(adapter: GatewayView["adapter"]): string | null {
  if (reportsList(adapter)) return null;
  if (adapter === "api") return "Whoever calls says for whom they ask, so there is nothing to set here.";
  return "nginx finds the client itself and tells its address alone, so there is nothing to set here: name the proxies in nginx’s own configuration, with set_real_ip_from and real_ip_header; in ingress-nginx’s, with use-forwarded-headers and proxy-real-ip-cidr.";
}
