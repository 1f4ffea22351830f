import { z } from "zod";
import { id, version } from "#lib/fields";
import { parseCidr } from "./address";
import { meansAddress } from "./range-set";

/** Of one list of ranges. */
export const MOST_RANGES = 500;
const LONGEST_CIDR = 64;

/** Begins with a letter and has no colon or slash, so that no name can be mistaken for an address. */
const NAME = /^\p{L}[\p{L}\p{N} ._-]*$/u;

/** A network's name: *office*, *ci*. */
export const networkName = z
  .string()
  .max(64, "At most 64 characters.")
  .regex(NAME, "Begin with a letter; letters, digits, space, dot, hyphen and underscore may follow.");

/** An address or a CIDR, in its canonical spelling. */
export const cidr = z
  .string()
  .max(LONGEST_CIDR, "This is too long for an address.")
  .transform((text, context) => {
    const parsed = parseCidr(text);
    if (typeof parsed !== "string") return parsed.text;
    context.addIssue({ code: "custom", message: parsed });
    return z.NEVER;
  });

/** A CIDR, or the name of a network (whether it exists is judged where the networks are known). */
export const rangeEntry = z
  .string()
  .max(LONGEST_CIDR, "At most 64 characters.")
  .transform((text, context) => {
    const parsed = meansAddress(text) ? cidr.safeParse(text) : networkName.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const { message } of parsed.error.issues) context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

const unique = (entries: readonly string[]): string[] => [...new Set(entries)];

/** CIDRs only, as in networks and gateways. */
export const cidrs = z.array(cidr).max(MOST_RANGES, `At most ${MOST_RANGES} ranges.`).transform(unique);

/** CIDRs and network names, as in tiers, ceilings and tokens. */
export const rangeEntries = z.array(rangeEntry).max(MOST_RANGES, `At most ${MOST_RANGES} ranges.`).transform(unique);

/** What makes a network. */
export const networkInput = z.strictObject({ name: networkName, ranges: cidrs });

/** Changes a network; what is left out stays. */
export const editNetworkInput = z.strictObject({
  id,
  version,
  name: networkName.exactOptional(),
  ranges: cidrs.exactOptional(),
});

/** Names a network by its id. */
export const networkIdInput = z.strictObject({ id });
