import { REASONS, reasonWords } from "#lib/verification/reasons";
import { failed, type ProbeResult, passed, unknown } from "./probe";
import { type Reply, silenceWords, type Trace } from "./reply";

/** One request with the token: what came back, and what verifiers told of the token by then. */
export type TokenAsked = { readonly reply: Reply; readonly trace: Trace };

const SERVER_ERROR = 500;
const OWN_LOG_IN = [401, 403];
/** From here on the list judges whose token it is and from where: what refuses there is no fault of the gateway's. */
const STEPS_ABOUT_PERSONS = [13, 14];

const STEPS: Readonly<Record<string, { readonly step: number | string }>> = REASONS;

const isAboutPerson = (reason: string): boolean => STEPS_ABOUT_PERSONS.some((step) => STEPS[reason]?.step === step);

/** Which gateway has not been heard of yet, or that none has asked. @param silent keys of gateways that never called */
export const nobodyAsked = (silent: readonly string[]): string =>
  silent.length === 0
    ? "No gateway asked us about it: it did not come by one that knows us."
    : `No gateway asked us about it: ${silent.join(", ")} has not called yet. Is its configuration in place, and reloaded?`;

/** A read with a token passes: a verifier allowed this very token, and the application answered. */
export function judgeRead({ reply, trace }: TokenAsked, origin: string, silent: readonly string[]): ProbeResult {
  if (reply.kind === "silent") return failed("read", silenceWords(reply, origin));
  const { status } = reply;
  if (trace.allowed === 0) {
    if (trace.refusal === null) return failed("read", `${status} came. ${nobodyAsked(silent)}`);
    const { meaning, remedy } = reasonWords(trace.refusal.reason);
    const outcome = isAboutPerson(trace.refusal.reason) ? "unknown" : "failed";
    return { probe: "read", outcome, sentence: `A read with a token of yours got ${status}. ${meaning} ${remedy}` };
  }
  if (status >= SERVER_ERROR) return failed("read", `It was allowed, but ${status} came: look into the gateway’s log.`);
  return OWN_LOG_IN.includes(status)
    ? unknown(
        "read",
        `It was allowed, and the application itself answered ${status}: does it know whose token it is? Look at how the identity reaches it.`,
      )
    : passed("read", `A read with a token of yours was allowed, and the application answered ${status}.`);
}

/**
 * A write with a token that may only read is refused, by us and towards the client.
 * @param allowedBefore how often the token had been allowed before this
 */
export function judgeWrite({ reply, trace }: TokenAsked, origin: string, allowedBefore: number): ProbeResult {
  const came = reply.kind === "silent" ? silenceWords(reply, origin) : `${reply.status} came.`;
  const { refusal } = trace;
  if (refusal === null && trace.allowed > allowedBefore) {
    return failed("write", `A write with a token that may only read was let through. ${came}`);
  }
  if (refusal === null) {
    return unknown(
      "write",
      `${came} No verifier told us that it refused a write: the gateway may refuse it by itself.`,
    );
  }
  if (reply.kind === "answered" && reply.status !== 403) {
    return failed("write", `We refused it, but ${reply.status} came: the gateway does not keep to our answer.`);
  }
  if (reply.kind === "silent") return unknown("write", `We refused it, but no answer came. ${came}`);
  const { meaning, remedy } = reasonWords(refusal.reason);
  return refusal.reason === "write_refused"
    ? passed("write", "A write with a token that may only read was refused with 403.")
    : unknown("write", `It was refused with 403, for another reason. ${meaning} ${remedy}`);
}
