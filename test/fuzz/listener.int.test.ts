import { type ServiceError, status } from "@grpc/grpc-js";
import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OriginalRequest } from "#lib/verification/request";
import { readResponse, writeRequest } from "#server/verifier/grpc/messages";
import { envoyMetadata } from "#test/check-client";
import { waitUntil } from "#test/upstreams/wait-until";
import { requestsWith } from "./credentials";
import { anyHops } from "./grammar";
import { mayHangUp, requestIn, tokenIn } from "./heard";
import { GOOD, type House, openHouse } from "./house";
import { type By, objection, PROXIES } from "./naive";
import { PLACES } from "./places";
import { runs } from "./runs";
import { allowedAs, strangeness, WIRES, type Wire } from "./shapes";
import { ASK, type Asked, anyChange, checkOf, inHeaders, inManyLines } from "./wires";

const ENVOY = envoyMetadata({ "x-latchkey-gateway": "envoy" });

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Nothing against it where it was allowed; the answer does not say where that is. */
const isFine = (about: OriginalRequest | null, by?: By) =>
  about !== null && PLACES.some((key) => objection(about, house.token.secret, key, by) === null);

/** An answer behind which somebody hangs up gets lost now and then; hardly ever on one machine. */
const MOST_RESETS = 0.01;

type Play = {
  readonly asks: Arbitrary<OriginalRequest>;
  readonly ask: (about: OriginalRequest) => Asked;
  readonly by: By;
};

/** Asks over a wire, and looks at each answer. @returns how much was allowed as it was asked, and changed on its way */
async function play(wire: Wire, { asks, ask, by }: Play) {
  const allowed = { asked: 0, changed: 0 };
  let [sent, resets] = [0, 0];
  const property = fc.asyncProperty(asks, anyChange, async (any, change) => {
    const about = wire === "verify" ? any : inHeaders(any);
    const asked = change === null ? ask(about) : change(ask(about));
    sent += 1;
    const answer = await house.send(asked);
    if (answer === "reset") {
      resets += 1;
      expect([asked, mayHangUp(asked)]).toEqual([asked, true]);
      return;
    }
    expect(strangeness(wire, answer, asked.lines[0]?.startsWith("HEAD "))).toBeNull();
    const auth = allowedAs(wire, answer);
    if (auth === null) return;
    if (wire === "introspect") {
      expect(tokenIn(asked)).toBe(house.token.secret);
    } else {
      const heard = requestIn(wire, asked);
      expect(heard).not.toBeNull();
      if (auth !== "token") return;
      expect([heard, isFine(heard, by)]).toEqual([heard, true]);
      if (change === null) expect(isFine(about, by)).toBe(true);
    }
    allowed[change === null ? "asked" : "changed"] += 1;
  });
  await fc.assert(property, runs(1_000));
  expect(resets).toBeLessThanOrEqual(sent * MOST_RESETS);
  return allowed;
}

/** What is no message is an error of the call. Silence is another thing, and so is a connection that is lost. */
function nullIfUnreadable(error: ServiceError): null {
  if (error.code === status.INTERNAL && error.details.startsWith("Error deserializing request")) return null;
  throw error;
}

describe("whatever is asked of a real verifier", () => {
  test.each(WIRES)("over %s is answered as promised, and allowed only what a naive reader allows", async (wire) => {
    const by = { keepsAddress: wire === "verify", hops: 0 };
    const allowed = await play(wire, { asks: requestsWith(house.token.secret), ask: ASK[wire], by });
    expect(Math.min(allowed.asked, allowed.changed)).toBeGreaterThan(3);
  });

  test.each(["forward", "envoy"] as const)(
    "over %s behind proxies is allowed only to whom they name, as far as they are believed",
    async (wire) => {
      const by = { keepsAddress: false, hops: PROXIES.hops };
      const behind = (about: OriginalRequest) => ASK[wire](about, wire === "forward" ? "fwdbehind" : "envoybehind");
      const asks = requestsWith(house.token.secret, anyHops);
      for (const ask of [behind, (about: OriginalRequest) => inManyLines(behind(about))]) {
        const allowed = await play(wire, { asks, ask, by });
        expect(Math.min(allowed.asked, allowed.changed)).toBeGreaterThan(1);
      }
    },
  );

  test("by gRPC is answered as promised, and allowed only what a naive reader allows", async () => {
    let allowed = 0;
    const property = fc.asyncProperty(requestsWith(house.token.secret), fc.boolean(), async (about, isRaw) => {
      const { deniedResponse, okResponse, status: said } = await house.envoy.check(checkOf(about, isRaw), ENVOY);
      expect([said.code === 0, deniedResponse === undefined]).toEqual([okResponse !== undefined, said.code === 0]);
      if (deniedResponse) expect([400, 401, 403, 429, 503]).toContain(deniedResponse.status.code);
      if (!okResponse?.headers.some(({ header }) => header.key === "x-latchkey-auth" && header.value === "token"))
        return;
      allowed += 1;
      expect(isFine(about)).toBe(true);
    });
    await fc.assert(property, runs(400));
    expect(allowed).toBeGreaterThan(3);
  });

  test("by gRPC in bytes with anything done to them is never allowed more", async () => {
    const headers = ["Authorization", `Bearer ${house.token.secret}`];
    const fine = writeRequest(checkOf({ ...GOOD, clientAddress: "198.51.100.1", headers }, false));
    const at = fc.nat({ max: fine.length });
    const inPlace = fc
      .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 3, min: 32, max: 126 }))
      .map(([where, put]) => [where, put.length, put] as const);
    const change = fc.oneof(inPlace, fc.tuple(at, fc.nat({ max: 20 }), fc.uint8Array({ maxLength: 20 })));
    let answered = 0;
    const property = fc.asyncProperty(change, async ([where, cut, put]) => {
      const bytes = Buffer.concat([fine.subarray(0, where), put, fine.subarray(where + cut)]);
      const answer = await house.envoy.send(bytes, ENVOY).then(readResponse, nullIfUnreadable);
      if (answer !== null) answered += 1;
      const isToken = answer?.okResponse?.headers.some(({ header }) => header.value === "token");
      expect(isToken ?? false).toBe(false);
    });
    await fc.assert(property, runs(600));
    expect(answered).toBeGreaterThan(30);
  });
});

test("through all of that nothing was thrown, and nothing that was sent kept PostgreSQL from recording it", async () => {
  await waitUntil("all is recorded", async () =>
    (await house.metric("latchkey_recorder_pending")) === 0 ? true : undefined,
  );
  // What a busy machine makes late is written again; data that PostgreSQL refuses (class 22) never would be.
  const wrong = /verification\.(undecided|unanswered)|unexpected|recorder\.failed.*"code":"22/;
  expect(house.at.lines.filter((line) => wrong.test(line))).toEqual([]);
  expect(await house.metric('latchkey_decisions_total{reason="undecided"}')).toBe(0);
});
