import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { issueToken } from "#lib/tokens/commands/issue";
import { managedTokensQuery, pageOfManagedTokens } from "#lib/tokens/queries-managed";

export const GET = reading(managedTokensQuery, pageOfManagedTokens);
export const POST = endpoint(issueToken, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
