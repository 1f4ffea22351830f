import type { GatewayView } from "#lib/gateways/view";
import { parseAddress } from "#lib/networks/address";
import { isLoopback } from "#lib/networks/loopback";
import { compileRanges, coversRanges, inRanges } from "#lib/networks/range-set";
import { type Foreseen, type Loss, lossOf, lossOfOne } from "./lockout";

type Gateway = Pick<GatewayView, "adapter" | "applications" | "peers" | "trustedHops" | "trustedRanges">;

export type GatewayFacts = {
  /** From where it called last; null where it has not called in that time. */
  readonly lastAddress: string | null;
  /** Its questions in that time, by application. */
  readonly questions: ReadonlyMap<string, number>;
};

/** Whether a verifier would hear it from there, as it judges itself: without peers from its own machine alone. */
function mayCall(peers: readonly string[], from: string): boolean {
  const address = parseAddress(from);
  if (peers.length === 0) return address === null || isLoopback(from);
  return address !== null && inRanges(compileRanges(peers, new Map()), address);
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

/** Whether it may call from less than before: without peers from its own machine alone, with peers never from its socket. */
function isNarrower(before: readonly string[], after: readonly string[]): boolean {
  if (before.length === 0 || after.length === 0) return before.length !== after.length;
  return !coversRanges(compileRanges(after, new Map()), compileRanges(before, new Map()));
}

function peersLost(before: Gateway, after: Gateway, { lastAddress }: GatewayFacts): Loss[] {
  if (lastAddress === null || !isNarrower(before.peers, after.peers)) return [];
  if (!mayCall(before.peers, lastAddress) || mayCall(after.peers, lastAddress)) return [];
  const what = `Its last call came from ${lastAddress}, from where it could no longer call: everything behind it would be refused.`;
  return [lossOfOne(what, after.applications)];
}

/** Whom a change of a gateway would turn away: everybody behind it, or behind it to one application. */
export function byGateway(before: Gateway, after: Gateway, facts: GatewayFacts): Foreseen {
  const all = [...facts.questions.values()].reduce((sum, each) => sum + each, 0);
  const taken = before.applications.filter((key) => !after.applications.includes(key));
  const asked = taken
    .map((key) => ({ key, questions: facts.questions.get(key) ?? 0 }))
    .filter((one) => one.questions > 0);
  const lost = asked.reduce((sum, { questions }) => sum + questions, 0);
  const trusts = before.trustedHops !== after.trustedHops || !same(before.trustedRanges, after.trustedRanges);
  return {
    losses: [
      ...peersLost(before, after, facts),
      ...lossOf(
        before.adapter === after.adapter ? 0 : all,
        `${all === 1 ? "question" : "questions"} came by the way that you take away. Until it has its new configuration, everything behind it would be refused`,
      ),
      ...lossOf(
        lost,
        `${lost === 1 ? "question was" : "questions were"} about what it may no longer ask; the same would be refused:`,
        asked.map(({ key }) => key),
      ),
    ],
    unknown: [
      ...(all > 0 && isNarrower(before.peers, after.peers)
        ? [
            "Only the address of its last call is kept: whether it calls from others too, as several of one kind do, nobody can say.",
          ]
        : []),
      ...(all > 0 && trusts
        ? [
            "Through which proxies requests came is not recorded. Where the gateway and these fields do not fit together, all that those proxies bring is refused, or counts as the proxy’s own: try one request right after.",
          ]
        : []),
    ],
  };
}
