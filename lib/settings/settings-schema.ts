import { z } from "zod";
import { version } from "#lib/fields";
import { considered } from "#lib/impact/choice";
import { rangeEntries } from "#lib/networks/network-schema";
import { ceilingInput } from "#lib/policies/limits-schema";
import { untilEnforced } from "#lib/policies/not-enforced";
import { rateLimit } from "#lib/tokens/restrictions/restrictions-schema";
import { PREFIX_PATTERN } from "#lib/tokens/secret";

/** Retired prefixes that an installation remembers: each is compared with every credential that comes by. */
export const MOST_RETIRED = 20;

const prefix = z.string().regex(PREFIX_PATTERN, "Use 2 to 16 letters and digits, a letter first.");
const retired = z.array(prefix).max(MOST_RETIRED + 1, `At most ${MOST_RETIRED} prefixes.`);

/** The ceilings over everybody, as they are wished; what is left out stays, null limits nothing. */
export const ceilingsInput = z
  .strictObject({ persons: ceilingInput.nullable(), serviceAccounts: ceilingInput.nullable() })
  .exactPartial();

export type CeilingsWished = z.output<typeof ceilingsInput>;

/** Changes the settings; what is left out stays. */
export const editSettingsInput = z.strictObject({
  version,
  ranges: rangeEntries.exactOptional(),
  ownerRate: rateLimit.nullable().exactOptional(),
  failureRate: rateLimit.nullable().exactOptional(),
  ceiling: ceilingsInput.exactOptional(),
  tokenPrefix: prefix.exactOptional(),
  retiredPrefixes: retired.transform((all) => [...new Set(all)]).exactOptional(),
  endedRetentionDays: untilEnforced(
    z.int().min(1).max(36_500).nullable(),
    "endedRetentionDays",
    (days) => days === null,
  ).exactOptional(),
  ...considered,
});
