import { z } from "zod";
import { groupRef } from "#lib/groups/group-schema";

const several = <T extends z.ZodType>(each: T, most: number) =>
  z.union([each.transform((one) => [one]), z.array(each).max(most, `At most ${most}.`)]).default([]);

const ROLES = ["user", "auditor", "admin"] as const;

/** What a list of users can be narrowed to: names together are *and*, a name repeated is *or*. */
export const userFilter = {
  kind: z.enum(["person", "service"], "A user is a person or a service.").optional(),
  status: z.enum(["active", "deactivated"], "A user is active or deactivated.").optional(),
  role: several(z.enum(ROLES, `A role is one of ${ROLES.join(", ")}.`), ROLES.length),
  group: several(groupRef, 20),
  /** `none`: service accounts without anybody active who maintains them. */
  maintainer: z.enum(["none"], "Ask for none.").optional(),
};

export type UserFilter = z.output<z.ZodObject<typeof userFilter>>;
