import { createApplication } from "#lib/applications/commands/create";
import { applicationsQuery, listApplications } from "#lib/applications/queries";
import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";

export const GET = reading(applicationsQuery, listApplications);
export const POST = endpoint(createApplication, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
