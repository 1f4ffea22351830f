import { z } from "zod";
import { id, line, name, SECRETS, tooLong } from "#lib/fields";
import { TOKEN_FILTERS } from "#lib/tokens/search/filter";
import { holdsSecret } from "#lib/tokens/secret";

/** What an address of the token manager says; where in the list somebody was is no part of a view. */
const NAMES: ReadonlySet<string> = new Set([...Object.keys(TOKEN_FILTERS), "view", "sort", "column"]);

/** Characters of a query, as it comes and as it is kept. */
const MOST = 2_000;

const UNKNOWN = "Send the query of an address of the token manager, without its cursor.";

/** The query of an address, as it is written: `status=active&q=zapier`. Empty is the first view. */
const query = line(MOST)
  .transform((text) => new URLSearchParams(text))
  .refine((pairs) => [...pairs.keys()].every((key) => NAMES.has(key)), UNKNOWN)
  // A secret that is written in escapes is one only now.
  .refine((pairs) => [...pairs.values()].every((value) => !holdsSecret(value)), SECRETS)
  .transform((pairs) => pairs.toString())
  .refine((text) => text.length <= MOST, tooLong(MOST));

export const saveViewInput = z.strictObject({ name: name(60), query });

export const viewIdInput = z.strictObject({ id });
