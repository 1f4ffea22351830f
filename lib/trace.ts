/** Where in a trace a request stands, named as OpenTelemetry names it in logs of other formats. */
export type Trace = { readonly trace_id: string; readonly span_id: string };

/** Version, trace, the caller's span and flags; what a later version adds follows a hyphen. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const ZEROS = /^0+$/;

/**
 * Reads `traceparent` (W3C Trace Context, 3.2). Anybody can send one: only what is exactly one goes into a log, and what
 * is none is never a reason to refuse. `tracestate` is for others, and not read.
 * @param values all values of the header
 * @returns null where there is none, more than one, or one that is not well-formed
 */
export function readTrace(values: readonly string[]): Trace | null {
  const [only = ""] = values;
  if (values.length !== 1) return null;
  const [, version = "ff", trace_id = "", span_id = "", more] = TRACEPARENT.exec(only) ?? [];
  if (version === "ff" || (version === "00" && more !== undefined)) return null;
  return ZEROS.test(trace_id) || ZEROS.test(span_id) ? null : { trace_id, span_id };
}
