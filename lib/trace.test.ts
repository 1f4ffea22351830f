import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logLine } from "./log";
import { readTrace } from "./trace";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
const WHOLE = `00-${TRACE}-${SPAN}-01`;
const READ = { trace_id: TRACE, span_id: SPAN };

describe("a traceparent", () => {
  test.each([
    ["of today", WHOLE],
    ["that is not sampled", `00-${TRACE}-${SPAN}-00`],
    ["with flags that nobody knows yet", `00-${TRACE}-${SPAN}-ff`],
    ["of a later version", `01-${TRACE}-${SPAN}-01`],
    ["of a later version that says more", `cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`],
    ["of a later version that ends with its hyphen", `fe-${TRACE}-${SPAN}-01-`],
  ])("%s is read", (_which, value) => {
    expect(readTrace([value])).toEqual(READ);
  });

  test.each([
    ["that is not there", []],
    ["that is empty", [""]],
    ["sent twice", [WHOLE, WHOLE]],
    ["sent twice and joined", [`${WHOLE}, ${WHOLE}`]],
    ["of version ff", [`ff-${TRACE}-${SPAN}-01`]],
    ["of version 00 that says more", [`${WHOLE}-00`]],
    ["of version 00 that ends with a hyphen", [`${WHOLE}-`]],
    ["of a later version that says more without a hyphen", [`cc-${TRACE}-${SPAN}-01.more`]],
    ["of a later version, sent twice and joined", [`cc-${TRACE}-${SPAN}-01,cc-${TRACE}-${SPAN}-01`]],
    ["whose trace is all zero", [`00-${"0".repeat(32)}-${SPAN}-01`]],
    ["whose span is all zero", [`00-${TRACE}-${"0".repeat(16)}-01`]],
    ["in upper case", [WHOLE.toUpperCase()]],
    ["that is not hexadecimal", [`00-${TRACE.replace("4", "g")}-${SPAN}-01`]],
    ["in digits of another alphabet", [`00-${TRACE.replace("4", "٤")}-${SPAN}-01`]],
    ["cut short", [WHOLE.slice(0, -1)]],
    ["without flags", [`00-${TRACE}-${SPAN}`]],
    ["with a trace of 64 bits", [`00-${TRACE.slice(16)}-${SPAN}-01`]],
    ["with a blank", [` ${WHOLE}`]],
    ["with a line break", [`${WHOLE}\n`]],
    ["of a later version with a line break", [`cc-${TRACE}-${SPAN}-01-\nlevel=error`]],
    ["of 8 KB", [WHOLE.padEnd(8_192, "0")]],
  ])("%s is none", (_which, values) => {
    expect(readTrace(values)).toBeNull();
  });

  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.tuple(hex(2), hex(32), hex(16), hex(2), fc.string({ maxLength: 9 })).map((parts) => parts.join("-")),
    fc
      .tuple(fc.nat(60), fc.string({ maxLength: 3 }))
      .map(([at, put]) => WHOLE.slice(0, at) + put + WHOLE.slice(at + 1)),
  );

  test("whatever it is, gives a log nothing but lower-case hexadecimal digits of their lengths, as they were sent", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const trace = readTrace([value]);
        if (trace === null) return;
        expect(trace.trace_id).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
        expect(trace.span_id).toMatch(/^(?!0+$)[0-9a-f]{16}$/);
        expect(value.slice(2, 53)).toBe(`-${trace.trace_id}-${trace.span_id}-`);
      }),
    );
  });

  test("is read whatever its trace and span are", () => {
    fc.assert(
      fc.property(hex(32), hex(16), (trace_id, span_id) => {
        const isNone = /^0+$/.test(trace_id) || /^0+$/.test(span_id);
        expect(readTrace([`00-${trace_id}-${span_id}-01`])).toEqual(isNone ? null : { trace_id, span_id });
      }),
    );
  });

  test("is whole in a line of the log, although it is as long as a secret", () => {
    expect(JSON.parse(logLine(0, "info", "refused", { ...READ }))).toMatchObject(READ);
  });
});
