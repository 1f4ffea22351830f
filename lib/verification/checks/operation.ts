import type { Access } from "#lib/policies/limits";
import type { Case } from "../case";
import { otherReadings } from "../readings";
import { accessOfOperation, type Operation, type Paths } from "../reads";

/** What a request asks of its application. */
export function operationOf(c: Case): Operation {
  const { method, headers } = c.request;
  return { method, headers, parameters: c.parameters, from: c.depth, segments: c.target.segments };
}

/**
 * Whether a request reads; where its path can be read in several ways, whether it reads in all of them.
 * @param paths the application's, or those that it might have
 * @param operation the case's own, or what it might have been
 */
export function accessNeeded(c: Case, paths: Paths = c.known.paths, operation: Operation = operationOf(c)): Access {
  if (accessOfOperation(paths, operation) === "write") return "write";
  const others = otherReadings(c.target);
  if (others === null) return "write";
  for (const segments of others) {
    if (accessOfOperation(paths, { ...operation, segments }) === "write") return "write";
  }
  return "read";
}
