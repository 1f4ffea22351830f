import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { createToken } from "#lib/tokens/commands/create";
import { pageOfOwnTokens, tokensQuery } from "#lib/tokens/queries";

export const GET = reading(tokensQuery, pageOfOwnTokens);
export const POST = endpoint(createToken, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
