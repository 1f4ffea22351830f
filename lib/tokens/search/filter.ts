import { z } from "zod";
import { line, name, slug } from "#lib/fields";
import { groupRef } from "#lib/groups/group-schema";
import { networkName } from "#lib/networks/network-schema";
import { STATUSES } from "../status";

const MOST = 20;
const DAYS = "Give a number of days from 1 to 3650.";
const WHEN = "Write a time like 2026-11-22 or 2026-11-22T12:00:00Z.";

/** One value or several of the same name; several are *or*. */
const several = <T extends z.ZodType>(each: T, most = MOST) =>
  z
    .union([each.transform((one) => [one]), z.array(each).max(most, `At most ${most}.`)])
    .transform((values) => [...new Set(values)])
    .default([]);

/** As text in an address, as itself in a body. */
const flag = z.union(
  [z.enum(["true", "false"]).transform((text) => text === "true"), z.boolean()],
  "Write true or false.",
);
const days = z.coerce.number(DAYS).int(DAYS).min(1, DAYS).max(3650, DAYS);
/** A day stands for its beginning in UTC. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })], WHEN).transform((text) => Date.parse(text));

/** What narrows the list of tokens: different names are *and*, a name repeated is *or*. Times become epoch ms. */
export const TOKEN_FILTERS = {
  q: line(200).optional(),
  status: several(z.enum(STATUSES, `A status is one of ${STATUSES.join(", ")}.`), STATUSES.length),
  owner: several(name(255)),
  group: several(groupRef),
  application: several(slug),
  access: z.enum(["read", "write"], "Access is read or write.").optional(),
  createdBy: several(name(255)),
  delegation: several(name(100)),
  network: several(networkName),
  createdFrom: moment.optional(),
  createdTo: moment.optional(),
  expiresFrom: moment.optional(),
  expiresTo: moment.optional(),
  lastUsedFrom: moment.optional(),
  lastUsedTo: moment.optional(),
  neverUsed: flag.optional(),
  unusedDays: days.optional(),
  expiresWithinDays: days.optional(),
  noRanges: flag.optional(),
  neverExpires: flag.optional(),
  /** Beyond what today's rules allow; as `breachesOf` says it, of what has not ended. */
  breaksPolicy: flag.optional(),
  /** Made under a delegation. */
  issued: flag.optional(),
  /** Ended, and refused since. */
  knocking: flag.optional(),
} as const;

export const tokenFilter = z.strictObject(TOKEN_FILTERS);
export type TokenFilter = z.output<typeof tokenFilter>;

/** What tokens can be sorted by. */
export const TOKEN_ORDERS = ["createdAt", "name", "owner", "access", "createdBy", "expiresAt", "lastUsedAt"] as const;
export type TokenOrder = (typeof TOKEN_ORDERS)[number];
