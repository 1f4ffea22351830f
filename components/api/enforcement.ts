import type { Enforcement } from "#lib/propagation/enforcement";
import { clockOf, type Reader } from "../ui/time-words";

type Known = Pick<Enforcement, "outstanding" | "effectiveBy">;

/**
 * Says where a change holds: *stopped everywhere*, or *gw-2 cannot be reached; there at the latest 14:03:10*.
 * Without a word from the server it claims nothing about where.
 * @param verb what has been done, as it is said of a place: *Stopped*, *Works again*
 */
export function enforcementSentence(enforcement: Known | undefined, verb: string, reader: Reader): string {
  if (!enforcement) return `${verb}.`;
  const names = enforcement.outstanding;
  if (names.length === 0) return `${verb} everywhere.`;
  const deadline = clockOf(Date.parse(enforcement.effectiveBy), reader);
  if (names.includes("unknown"))
    return `${verb}. Which gateways know it cannot be seen now; all of them at the latest ${deadline}.`;
  const some = names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
  return `${some} cannot be reached; there at the latest ${deadline}. ${verb} everywhere else.`;
}
