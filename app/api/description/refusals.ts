import type { Described } from "#lib/commands/described";
import { ERRORS, type ErrorCode } from "#lib/errors/error";

/** What any operation may answer, depending on what it takes and who may come. */
function usual({ by, input, visitors, itself, report, stepUp, refuses }: Described, route: string): ErrorCode[] {
  const codes: ErrorCode[] = ["invalid_input", "unavailable", ...refuses];
  if (!visitors) codes.push("unauthenticated", "forbidden");
  if (stepUp) codes.push("step_up_required");
  if (route.includes("[")) codes.push("not_found");
  if (by === "command" || by === "question") {
    codes.push("malformed", "too_large", "unsupported_media_type");
    // Where no cookie counts no origin does.
    if (!itself && !report) codes.push("foreign_origin");
  }
  if (takesVersion(input)) codes.push("stale");
  return codes;
}

const takesVersion = (input: object): boolean =>
  "shape" in input && typeof input.shape === "object" && input.shape !== null && "version" in input.shape;

/** The codes with which an operation may refuse, by their HTTP status. */
export function refusalsOf(
  described: Described,
  route: string,
  more: readonly ErrorCode[],
): ReadonlyMap<number, readonly ErrorCode[]> {
  const given = new Set<string>([...usual(described, route), ...more]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of CODES.filter((each) => given.has(each))) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

const CODES = Object.keys(ERRORS).filter((code): code is ErrorCode => Object.hasOwn(ERRORS, code));
