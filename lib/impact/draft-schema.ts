import { z } from "zod";
import { deleteDelegationInput, editDelegationInput } from "#lib/delegations/delegation-schema";
import { deletePolicyInput, editPolicyInput, movePolicyInput, policyInput } from "#lib/policies/policy-schema";

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
]);

export type Draft = z.output<typeof draftInput>;
