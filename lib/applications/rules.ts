import type { Application, ApplicationKind, IdentityMode } from "./application";

export type Rules = Application["rules"];

/**
 * What is done with credentials that are not ours, unless said otherwise: applications with a log-in of their own are
 * only observed, so that putting a gateway in front of a living one breaks nothing; where nothing behind would ask, or
 * where it believes the identity that we tell, everything else is blocked (docs/verification.md).
 */
export function presetRules(kind: ApplicationKind, identity: IdentityMode): Rules {
  const told = identity === "header" || identity === "jwt";
  const rule = kind === "generic" || told ? "block" : "observe";
  return { password: rule, foreignBearer: rule, oauth1: rule, otherScheme: rule, none: rule };
}

/** How tokens may come, and whose username may stand beside them, unless said otherwise. */
export const PRESET_CREDENTIALS = { basic: true, bearer: true, header: "X-Api-Token", query: null } as const;
export const PRESET_USERNAMES = { aliases: false, empty: false } as const;
