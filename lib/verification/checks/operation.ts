import type { Case } from "../case";
import type { Operation } from "../reads";

/** What a request asks of its application. */
export function operationOf(c: Case): Operation {
  const { method, headers } = c.request;
  return { method, headers, parameters: c.parameters, from: c.depth, segments: c.target.segments };
}
