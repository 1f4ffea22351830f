import { type HeaderLines, valuesOf } from "./request";

/**
 * What of a token's request whoever asks keeps from the application: all that can carry a secret (who asks is the
 * application itself); every header (our answer names them); or the headers that the gateway names with its question.
 * The address goes on whole but for the first.
 */
export type Withholds = "all" | "headers" | "named";

/** What gateways took away before their configuration named it. */
const PRESET = "x-api-token";

/**
 * Whether a gateway says that it takes a header away (`X-Latchkey-Withholds`, with commas). It says so in the file that
 * does it: one that was made for other headers is not believed to take this one away.
 * @param header in lower case
 */
export function isTakenAway(headers: HeaderLines, header: string): boolean {
  const said = valuesOf(headers, "x-latchkey-withholds");
  if (said.length === 0) return header === PRESET;
  const [names = ""] = said;
  if (said.length > 1) return false;
  return names === header || names.split(",").some((name) => name.trim().toLowerCase() === header);
}
