import { z } from "zod";
import { deleteDelegationInput, editDelegationInput } from "#lib/delegations/delegation-schema";
import { name, slug } from "#lib/fields";
import { cidr } from "#lib/networks/network-schema";
import { deletePolicyInput, editPolicyInput, movePolicyInput, policyInput } from "#lib/policies/policy-schema";
import { ceilingsInput } from "#lib/settings/settings-schema";

const change = <Name extends string>(name: Name) => ({ change: z.literal(name) });
const unconsidered = { affected: true, fingerprint: true, version: true } as const;

/** A change of the rules as a draft: what is asked for to be judged before it is saved. */
export const draftInput = z.discriminatedUnion("change", [
  policyInput.safeExtend(change("policy.create")),
  editPolicyInput.omit(unconsidered).extend(change("policy.edit")),
  deletePolicyInput.omit(unconsidered).extend(change("policy.delete")),
  movePolicyInput.omit(unconsidered).extend(change("policy.move")),
  editDelegationInput.omit(unconsidered).extend(change("delegation.edit")),
  deleteDelegationInput.omit(unconsidered).extend(change("delegation.delete")),
  z.strictObject({ ceiling: ceilingsInput }).extend(change("settings.edit")),
]);

export type Draft = z.output<typeof draftInput>;

/** What a simulation is asked: who, what, and by which rules: today's, or those of a draft. */
export const simulationInput = z.strictObject({
  user: name(255),
  action: z.enum(["create", "issue", "use"]),
  application: slug,
  access: z.enum(["read", "write"]),
  days: z.int().min(1).max(3_650).nullable().default(30),
  address: cidr.nullable().default(null),
  draft: draftInput.nullable().default(null),
});

export type SimulationAsked = z.output<typeof simulationInput>;
