import type { Case } from "./case";
import { operationOf } from "./checks/operation";
import { claimsOwnName } from "./checks/owner";
import { type Kept, UNKEPT, type Unkept } from "./kept";
import { methodOverride, overridesUrl } from "./overrides";
import { announcesPush } from "./reads";
import { valuesOf } from "./request";
import { canonicalHost } from "./route";
import { pathIn } from "./subject";

function placeOf({ credential, known, request }: Case): string {
  if (credential.kind === "ours" && credential.username !== null) return "Basic";
  if (valuesOf(request.headers, "authorization").length > 0) return "Bearer";
  const { header, query } = known.sources;
  return header !== null && valuesOf(request.headers, header).length > 0 ? `header ${header}` : `query ${query ?? ""}`;
}

/** Headers that decide by being there. */
const DECIDE = ["upgrade", "destination"] as const;

function isUnkept(c: Case): Readonly<Record<Unkept, boolean>> {
  const { request, target } = c;
  const operation = operationOf(c);
  const isOverridden = (some: object) => methodOverride({ ...operation, ...some }) !== null;
  return {
    query: isOverridden({ headers: [] }) || announcesPush(operation),
    headers:
      isOverridden({ parameters: [] }) ||
      overridesUrl(request) ||
      DECIDE.some((name) => valuesOf(request.headers, name).length > 0),
    username: !claimsOwnName(c),
    path: target.signatures.length > 0 || target.rawPath.includes("//") || pathIn(c) !== target.path,
  };
}

/**
 * What is kept of a refused request, so that it can be judged again by the facts of another day.
 * @returns null where there was no request, or no token of ours: then it cannot be judged without its credential
 */
export function keptOf(c: Case): Kept | null {
  if (c.found === undefined || c.found === null || c.learntTarget === undefined) return null;
  const host = canonicalHost(c.request.host);
  if (host === null) return null;
  const unkept = isUnkept(c);
  return { host, place: placeOf(c), unkept: UNKEPT.filter((each) => unkept[each]) };
}
