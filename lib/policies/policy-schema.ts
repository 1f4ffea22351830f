import { z } from "zod";
import { name } from "#lib/fields";
import { groupRefs } from "#lib/groups/group-schema";
import { ceilingInput, limitsInput } from "./limits-schema";
import { untilEnforced } from "./not-enforced";

/** The name of a tier or a delegation. */
export const ruleName = name(100);

/** Whom a tier or a delegation is about; nobody unless said. */
export const population = z.strictObject({
  everyone: z.boolean().default(false),
  groups: groupRefs.default([]),
  serviceAccounts: z.boolean().default(false),
});

/** What makes a tier. What is left out is not granted. */
export const policyInput = z
  .strictObject({
    name: ruleName,
    priority: z.int("Give a whole number.").min(1, "At least 1.").max(1_000_000, "At most 1000000."),
    members: population,
    use: z.boolean().default(false),
    create: untilEnforced(
      z.enum(["no", "request", "yes"]),
      "createOnRequest",
      (create) => create !== "request",
    ).default("no"),
    selfRotate: z.boolean().default(false),
    own: limitsInput.nullable().default(null),
    ceiling: ceilingInput.nullable().default(null),
  })
  .refine(({ create, own }) => create === "no" || own !== null, {
    path: ["own"],
    message: "Who may create tokens needs limits for them.",
  });
