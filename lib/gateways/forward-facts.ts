import type { Reach } from "./reach";
import type { TokenNames } from "./token-names";
import type { Standing } from "./upstreams";

/** What is filled in for programs that ask by the forward adapter. */
export type ForwardFacts = {
  readonly gatewayKey: string;
  readonly verifier: Reach;
  readonly applications: readonly Standing[];
  readonly names: TokenNames;
  /** CIDRs of those in front of the gateway, whose lists go on. */
  readonly proxies: readonly string[];
};
