import { readTrace, type Trace } from "#lib/trace";
import { type HeaderLines, valuesOf } from "#lib/verification/request";

/** Where in a trace a question stands, for a line of the log; nobody else looks, so what is allowed does not pay for it. */
export const traceOf = (headers: HeaderLines): Trace | null => readTrace(valuesOf(headers, "traceparent"));
