import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { resumeToken } from "#lib/tokens/commands/resume";

export const POST = endpoint(resumeToken);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
