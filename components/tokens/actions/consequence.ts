import { ago, type Reader } from "../../ui/time-words";
import type { ActionFacts } from "./action-facts";

/** What revoking would stop, from what is known: `use` is said strongly, `rest` follows it. */
export function consequence(
  { lastUsedAt, lastUsedIp }: Pick<ActionFacts, "lastUsedAt" | "lastUsedIp">,
  reader: Reader,
): { use: string; rest: string } {
  const final = "This cannot be undone.";
  if (lastUsedAt === null) return { use: "It was never used.", rest: `Nothing that works today stops. ${final}` };
  const from = lastUsedIp === null ? "" : ` from ${lastUsedIp}`;
  return {
    use: `It was last used ${ago(Date.parse(lastUsedAt), reader)}${from}.`,
    rest: `Requests with it are refused from the next one on. ${final}`,
  };
}
