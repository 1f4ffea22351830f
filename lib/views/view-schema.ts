import { z } from "zod";
import { id, line, name } from "#lib/fields";
import { TOKEN_FILTERS } from "#lib/tokens/search/filter";

/** What an address of the token manager says; where in the list somebody was is no part of a view. */
const NAMES: ReadonlySet<string> = new Set([...Object.keys(TOKEN_FILTERS), "view", "sort", "column"]);

const UNKNOWN = "Send the query of an address of the token manager, without its cursor.";

/** The query of an address, as it is written: `status=active&q=zapier`. Empty is the first view. */
const query = line(2_000)
  .transform((text) => new URLSearchParams(text))
  .refine((pairs) => [...pairs.keys()].every((key) => NAMES.has(key)), UNKNOWN)
  .transform((pairs) => pairs.toString());

export const saveViewInput = z.strictObject({ name: name(60), query });

export const viewIdInput = z.strictObject({ id });
