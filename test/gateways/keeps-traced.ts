import { expect } from "vitest";
import { waitUntil } from "../upstreams/wait-until";
import { bearer, CREATE, MYSELF, only, type Place } from "./place";

const [TRACE, SPAN] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
const PARENT = `00-${TRACE}-${SPAN}-01`;
const STATE = "rojo=00f067aa0ba902b7,congo@x=t61rcWkgMzE";
const CONTEXT = [`traceparent: ${PARENT}`, `tracestate: ${STATE}`];

export async function traced(place: Place): Promise<void> {
  const { gateway, api, main, asked, application, log, tokens } = place;
  const browser = [MYSELF, "Cookie: JSESSIONID=1"];
  const passing = [
    ...asked.map((ask) => [ask, [CREATE, bearer(tokens.write)]] as const),
    [api, browser] as const,
    ...(gateway.apiHostOnly ? [] : [[main, browser] as const]),
  ];
  for (const [ask, lines] of passing) {
    await ask([...lines, ...CONTEXT], lines === browser ? undefined : "{}");
    expect(only(application).headers).toMatchObject({ traceparent: [PARENT], tracestate: [STATE] });
  }
  for (const ask of asked) {
    // Only so many refusals have a line in one second.
    const line = await waitUntil("a line about the refusal", async () => {
      const { status, headers } = await ask([MYSELF, bearer(tokens.revoked), ...CONTEXT]);
      expect(status).toBe(401);
      return log().find((each) => each.includes(headers["x-latchkey-request-id"]?.[0] ?? "not told"));
    });
    expect(JSON.parse(line)).toMatchObject({ reason: "token_revoked", trace_id: TRACE, span_id: SPAN });
  }
}
