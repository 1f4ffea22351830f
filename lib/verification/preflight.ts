import type { Case } from "./case";
import { overridesMethod, overridesUrl } from "./overrides";
import { onlyValue, valuesOf } from "./request";

/**
 * Whether this is a question of a browser whether it may ask (CORS preflight): OPTIONS with an origin and the method to
 * come, without anything else that could mean something. Browsers never send cookies with it.
 */
export function isPreflight(c: Case): boolean {
  const { method, headers } = c.request;
  if (method !== "OPTIONS") return false;
  if (onlyValue(headers, "origin") === null || onlyValue(headers, "access-control-request-method") === null)
    return false;
  if (valuesOf(headers, "cookie").length > 0 || valuesOf(headers, "upgrade").length > 0) return false;
  return !overridesMethod({ method, headers, parameters: c.parameters }) && !overridesUrl(c.request);
}
