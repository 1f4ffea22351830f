import { z } from "zod";
import { id, name, version } from "#lib/fields";
import { groupRefs } from "#lib/groups/group-schema";
import { considered } from "#lib/impact/choice";
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

const priority = z.int("Give a whole number.").min(1, "At least 1.").max(1_000_000, "At most 1000000.");
const create = untilEnforced(
  z.enum(["no", "request", "yes"]),
  "createOnRequest",
  (permission) => permission !== "request",
);

/** A token rotates itself as its owner would, who makes a new one by it: where they may make none it would do nothing. */
export const ROTATES_NOTHING = {
  path: "selfRotate",
  message: "A token rotates itself only where its owner may create tokens: say create yes, or selfRotate false.",
} as const;

/** What makes a tier. What is left out is not granted. */
export const policyInput = z
  .strictObject({
    name: ruleName,
    priority,
    members: population,
    use: z.boolean().default(false),
    create: create.default("no"),
    selfRotate: z.boolean().default(false),
    own: limitsInput.nullable().default(null),
    ceiling: ceilingInput.nullable().default(null),
  })
  .refine(({ create, own }) => create === "no" || own !== null, {
    path: ["own"],
    message: "Who may create tokens needs limits for them.",
  })
  .refine(({ create, selfRotate }) => create !== "no" || !selfRotate, {
    path: [ROTATES_NOTHING.path],
    message: ROTATES_NOTHING.message,
  });

/** What was said of a tier and is to be otherwise; what is left out stays. */
const changes = {
  name: ruleName.exactOptional(),
  priority: priority.exactOptional(),
  members: population.exactOptional(),
  use: z.boolean().exactOptional(),
  create: create.exactOptional(),
  selfRotate: z.boolean().exactOptional(),
  own: limitsInput.nullable().exactOptional(),
  ceiling: ceilingInput.nullable().exactOptional(),
};

/** Makes a tier, and says what happens to the tokens that this breaks. */
export const createPolicyInput = policyInput.safeExtend(considered);

/** Changes a tier. */
export const editPolicyInput = z.strictObject({ id, version, ...changes, ...considered });

/** Deletes a tier that was read in this version. */
export const deletePolicyInput = z.strictObject({ id, version, ...considered });

/** Puts a tier directly above another; null = below all. */
export const movePolicyInput = z.strictObject({ id, version, above: id.nullable(), ...considered });
