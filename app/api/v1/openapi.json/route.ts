import { othersThan } from "#lib/commands/methods";
import { telling } from "#lib/commands/telling";
import { apiDocument } from "../../description/document";

export const GET = telling(apiDocument);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
