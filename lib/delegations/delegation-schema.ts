import { z } from "zod";
import { LATCHKEY } from "#lib/applications/application";
import { groupRefs } from "#lib/groups/group-schema";
import { limitsInput } from "#lib/policies/limits-schema";
import { population, ruleName } from "#lib/policies/policy-schema";

const power = z.enum(["issue", "end", "manage", "approve"]);

/** What makes a delegation. `everyone` in its scope means all persons. */
export const delegationInput = z
  .strictObject({
    name: ruleName,
    delegates: groupRefs,
    powers: z
      .array(power)
      .min(1, "Give at least one power.")
      .max(4, "There are four powers.")
      .transform((powers) => [...new Set(powers)]),
    scope: population,
    issue: limitsInput,
    showSecret: z.boolean().default(false),
  })
  .refine(({ issue }) => issue.applications === "all" || !issue.applications.includes(LATCHKEY), {
    path: ["issue", "applications"],
    message: "Leave out latchkey: only its owner ever makes a token for the portal itself.",
  });
