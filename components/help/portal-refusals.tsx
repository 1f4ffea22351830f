import { ERRORS } from "#lib/errors/error";
import { Section } from "./section";

/** What to do about each refusal of the portal and its API; `type` of a problem links here. */
const REMEDIES: Record<keyof typeof ERRORS, string> = {
  malformed:
    "The request is no valid JSON, or has parameters that are not known here. Compare it with the API’s description.",
  unauthenticated:
    "Sign in, or send a token for application latchkey. A session ends after 30 minutes without use, and after 12 hours.",
  second_factor_required: "The password was right. Send the code of your authenticator app, or use your passkey.",
  forbidden:
    "Your role does not include this. An administrator can do it, or give you the role. Or your role needs a second factor, and this session has proved none.",
  foreign_origin: "Changes with a cookie are accepted from the portal’s own pages only. Scripts send a token.",
  step_up_required:
    "Confirm that it is you, by password, code or passkey, then repeat it. This protects what does the most harm in foreign hands.",
  not_granted: "Your tier or delegation does not grant this. Ask an administrator which group does.",
  approval_required: "Your tier wants approval for this. Choose less: only reading, a shorter life, or a network.",
  method_not_allowed: "This address does not take this method; the Allow header of the answer names those it takes.",
  not_found: "It does not exist, or is not yours to see.",
  already_exists: "Choose another name, or use the one that exists.",
  stale: "Somebody changed it while you were looking. Reload, and do it again.",
  quota_exceeded: "You have as many tokens as your tier allows. Revoke one that nothing needs.",
  ended: "It has ended for good. Make a new one.",
  in_use: "Something still needs it. Deactivate it instead, or remove what uses it first.",
  last_admin: "Somebody must be able to administer. Make another administrator first.",
  too_large: "Send less at once.",
  unsupported_media_type: "Send Content-Type: application/json.",
  invalid_input: "The marked fields need another value; each says which.",
  limit_exceeded: "Your tier, or a ceiling above it, allows less; the message names it.",
  not_enforced_yet: "This restriction cannot be enforced yet, so it is not accepted either. Leave it out.",
  too_many_requests: "Wait as long as the message says, then try again.",
  unavailable: "The database does not answer. A change was probably not made: look, then try again.",
};

export function PortalRefusals() {
  return (
    <Section id="errors" title="When the portal or its API refuses">
      <dl className="grid gap-3">
        {Object.entries(ERRORS).map(([code, { status, title }]) => (
          <div key={code} id={code} className="scroll-mt-6">
            <dt>
              <b>{title}</b> <span className="mono text-xs text-fg-3">{code}</span>{" "}
              <span className="text-xs tabular-nums text-fg-3">{status}</span>
            </dt>
            <dd>{REMEDIES[isCode(code) ? code : "malformed"]}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const isCode = (code: string): code is keyof typeof ERRORS => code in ERRORS;
