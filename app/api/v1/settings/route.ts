import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { editSettings } from "#lib/settings/commands/edit";
import { readSettings } from "#lib/settings/queries";

export const GET = reading(noQuery, readSettings);
export const PATCH = endpoint(editSettings);
export const { POST, PUT, DELETE, OPTIONS } = othersThan("GET", "PATCH");
