import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { createPolicy } from "#lib/policies/commands/create";
import { listPolicies, policiesQuery } from "#lib/policies/queries";

export const GET = reading(policiesQuery, listPolicies);
export const POST = endpoint(createPolicy, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
