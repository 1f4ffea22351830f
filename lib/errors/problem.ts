import { ERRORS, type Refusal } from "./error";

/** RFC 9457, with our members `code`, `requestId` and `errors`. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  errors: Refusal["errors"];
};

/**
 * Renders a refusal as problem details (RFC 9457).
 * @param portalUrl public address of the portal, under which each code has its help
 * @param requestId what to quote to an administrator
 */
export function problemOf(refusal: Refusal, portalUrl: string, requestId: string): Problem {
  const { status, title } = ERRORS[refusal.code];
  return {
    type: `${portalUrl}/help#${refusal.code}`,
    title,
    status,
    detail: refusal.detail,
    code: refusal.code,
    requestId,
    errors: refusal.errors,
  };
}

/** The refusal for what nobody expected: it says what to quote. */
export const UNEXPECTED: Problem = {
  type: "about:blank",
  title: "Something went wrong",
  status: 500,
  detail: "This is our mistake, not yours. If it happens again, quote the request id.",
  code: "unexpected",
  requestId: "",
  errors: [],
};
