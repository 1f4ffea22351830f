import type { z } from "zod";
import { type FieldError, type Result, refuse } from "./error";

// A client that sent a thousand wrong fields learns of the first twenty.
const MOST_ERRORS = 20;
const NOT_ENFORCED = "not_enforced_yet";

/**
 * Marks a zod issue as *stored only once it is enforced*: use as `message` of a refinement on such a field.
 * @param what the restriction, as a person would say it
 */
export function notEnforcedYet(what: string): { message: string; params: { code: typeof NOT_ENFORCED } } {
  return { message: `${what} cannot be enforced yet; leave it empty.`, params: { code: NOT_ENFORCED } };
}

/**
 * Turns zod's issues into a refusal that names each field and says what it needs.
 * `not_enforced_yet` where that is the only thing wrong, `invalid_input` otherwise.
 */
export function refusedInput(error: z.ZodError): Result<never> {
  const errors: FieldError[] = error.issues.slice(0, MOST_ERRORS).map((issue) => ({
    path: issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""].join(".") : issue.path.join("."),
    message: issue.code === "unrecognized_keys" ? "There is no such field." : issue.message,
  }));
  const unenforced = error.issues.every((issue) => issue.code === "custom" && issue.params?.code === NOT_ENFORCED);
  const first = errors[0];
  const where = first === undefined || first.path === "" ? "" : `${first.path}: `;
  const detail = first === undefined ? "Check what you sent." : `${where}${first.message}`;
  return refuse(unenforced ? "not_enforced_yet" : "invalid_input", detail, errors);
}
