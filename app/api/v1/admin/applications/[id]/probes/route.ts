import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { runProbes } from "#lib/jobs/probing/run";
import { beginProbes } from "#lib/probes/commands/begin";

export const POST = endpoint(beginProbes, { afterwards: runProbes });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
