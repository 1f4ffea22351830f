import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { isId } from "#lib/fields";
import type { ProbeRunView } from "./probe";
import { readRun } from "./store";

/** How an application's connection was tried last, for who may see gateways; null for everybody else. */
export async function lastProbeRun(viewer: Viewer, applicationId: string): Promise<ProbeRunView | null> {
  return can(viewer, "gateways.read") && isId(applicationId) ? readRun(database(), applicationId) : null;
}
