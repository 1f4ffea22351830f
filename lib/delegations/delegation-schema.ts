import { z } from "zod";
import { LATCHKEY } from "#lib/applications/application";
import { id, version } from "#lib/fields";
import { groupRefs } from "#lib/groups/group-schema";
import { considered } from "#lib/impact/choice";
import { limitsInput } from "#lib/policies/limits-schema";
import { population, ruleName } from "#lib/policies/policy-schema";

const power = z.enum(["issue", "end", "manage", "approve"]);

const powers = z
  .array(power)
  .min(1, "Give at least one power.")
  .max(4, "There are four powers.")
  .transform((all) => [...new Set(all)]);

const issue = limitsInput.refine(({ applications }) => applications === "all" || !applications.includes(LATCHKEY), {
  path: ["applications"],
  message: "Leave out latchkey: only its owner ever makes a token for the portal itself.",
});

/** What makes a delegation. `everyone` in its scope means all persons. */
export const delegationInput = z.strictObject({
  name: ruleName,
  delegates: groupRefs,
  powers,
  scope: population,
  issue,
  showSecret: z.boolean().default(false),
});

/** Changes a delegation; what is left out stays. */
export const editDelegationInput = z.strictObject({
  ...{ id, version },
  name: ruleName.exactOptional(),
  delegates: groupRefs.exactOptional(),
  powers: powers.exactOptional(),
  scope: population.exactOptional(),
  issue: issue.exactOptional(),
  showSecret: z.boolean().exactOptional(),
  ...considered,
});

/** Deletes a delegation that was read in this version. */
export const deleteDelegationInput = z.strictObject({ id, version, ...considered });
