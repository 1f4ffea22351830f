import type { GatewayAdapter } from "#lib/gateways/gateway";
import { mayTellLess, TELL_NAMED } from "#lib/gateways/tells";
import { isAlwaysTold } from "#lib/gateways/token-names";
import { untold } from "#lib/tokens/restrictions/condition-name";
import type { Advice } from "./advice";

/**
 * What Explain says where a header condition refuses and it may not help to send the header: it may not reach a verifier.
 * @param name of the header, in lower case
 * @param adapter of the gateway that asked
 * @returns a sentence; null where the header arrives once it is sent
 */
export function headerAdvice(name: string, adapter: GatewayAdapter): Advice | null {
  if (untold(name) !== null) return `No gateway passes ${name} on: give the token a condition on a header like X-Team.`;
  return mayTellLess(adapter) && !isAlwaysTold(name)
    ? `Behind ${TELL_NAMED} it arrives only where their configuration names it: have an administrator put that of the gateway's page in place anew.`
    : null;
}

/** The same where the described request carries all of them: one that is sent may still not arrive; or empty. */
export function headerRemark(names: readonly string[], adapter: GatewayAdapter): string {
  const never = names.find((name) => untold(name) !== null);
  if (never !== undefined) return ` Behind a gateway none does: none passes ${never} on.`;
  return mayTellLess(adapter) && !names.every(isAlwaysTold)
    ? ` Behind ${TELL_NAMED} a header arrives only where their configuration names it.`
    : "";
}
