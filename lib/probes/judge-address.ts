import { failed, type ProbeResult, passed, unknown } from "./probe";

type Seen = {
  /** What the gateway said of the plain request. */
  readonly told: string | null;
  /** What it said of the one that claimed to come from elsewhere. */
  readonly toldOfForged: string | null;
  readonly forged: string;
  /** The address of this machine from which it was asked. */
  readonly from: string | null;
};

/** Whom the gateway says it sees; and that it believes no client that claims to come from elsewhere. */
export function judgeAddress({ told, toldOfForged, forged, from }: Seen): ProbeResult {
  if (toldOfForged === forged || told === forged) {
    return failed(
      "address",
      `A request that claimed to come from ${forged} was believed: anybody could claim any address. Unless this machine is one of the gateway’s trusted proxies, let it trust fewer.`,
    );
  }
  if (told === null) return unknown("address", "No gateway told us from where it was asked.");
  if (told === from) {
    return passed("address", `We see this machine as ${told}, which is the address from which it asked.`);
  }
  const own = from === null ? "" : ` It asked from ${from}.`;
  return unknown(
    "address",
    `We see this machine as ${told}, is that it?${own} If ${told} is a proxy, everybody seems to come from there: tell the gateway which proxy to trust.`,
  );
}
