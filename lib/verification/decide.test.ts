import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/tokens/secret";
import { NOON, policy } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import {
  application,
  basic,
  bearer,
  decide,
  facts,
  gateway,
  installation,
  question,
  reasonOf,
  request,
  SECRET,
  type SomeFacts,
  someRates,
} from "#test/verification";
import * as exported from "./decide";
import { begin, conclude } from "./decide";
import { layOut } from "./installation";

const pendingIn = (laid = installation()) => {
  const opening = begin(laid, question(), NOON, someRates());
  if (opening.settled) throw new Error(opening.decision.reason);
  return opening;
};

describe("a verification", () => {
  test("of a token needs one look-up, under the digest of the whole secret", () => {
    expect(pendingIn()).toMatchObject({ settled: false, digest: digestOf(SECRET) });
  });

  test("of anything else needs none", () => {
    for (const headers of [[], basic("fred", "x"), bearer("lk_typo"), bearer("foreign"), [...bearer(), ...bearer()]])
      expect(begin(installation(), question(request({ headers })), NOON, someRates()).settled).toBe(true);
  });

  test("tells what it learnt, as far as it came, and nothing secret", () => {
    const decision = decide({
      request: { headers: basic("Maria", SECRET), target: "/rest/api/2//issue/", clientAddress: "2001:DB8::0:1" },
    });
    expect(decision.subject).toEqual({
      gatewayKey: "gw1",
      applicationKey: "jira",
      clientAddress: "2001:db8::1",
      auth: "token",
      claimedName: null,
      tokenId: "0190d4a5-0000-7000-8000-00000000000a",
      ownerId: "0190d4a5-0000-7000-8000-000000000001",
      method: "GET",
      path: "/rest/api/2/issue",
      access: "read",
      observedRules: [],
      observed: false,
    });
    expect(JSON.stringify(decision)).not.toContain(SECRET);
    expect(decide({ question: { gatewayKey: "gw2" } }).subject).toMatchObject({
      gatewayKey: null,
      applicationKey: null,
      path: null,
    });
  });
});

describe("while a token is looked up", () => {
  test("time passes: it is judged at the end", () => {
    const found = tokenFacts({ expiresAt: NOON + 10 });
    const laid = installation();
    expect(conclude(pendingIn(laid), laid, found, NOON + 9, someRates()).reason).toBe("allowed");
    expect(conclude(pendingIn(laid), laid, found, NOON + 10, someRates()).reason).toBe("token_expired");
  });

  test("facts change: it is judged by those of the end, from the beginning", () => {
    const changes: readonly (readonly [SomeFacts, string])[] = [
      [{ policies: [policy({ use: false })] }, "use_refused"],
      [{ gateways: [] }, "gateway_unauthorized"],
      [
        {
          applications: [
            application({ paths: [], credentials: { basic: true, bearer: false, header: null, query: null } }),
          ],
        },
        "source_refused",
      ],
      [{ settings: { ranges: ["198.51.100.0/24"] } }, "address_refused"],
      [{ settings: { quarantined: true } }, "quarantined"],
      [{ settings: { tokenPrefix: "new" } }, "let_through"],
      [{ gateways: [gateway({ applications: [] })] }, "application_unknown"],
      [{}, "allowed"],
    ];
    for (const [change, reason] of changes)
      expect(conclude(pendingIn(), installation(change), tokenFacts(), NOON, someRates()).reason).toBe(reason);
  });
});

describe("nothing is allowed on a broken footing", () => {
  test("quarantine, or not knowing whether there is one, refuses everybody", () => {
    for (const quarantined of [true, JSON.parse("null"), JSON.parse('"false"')])
      for (const headers of [bearer(), []])
        expect(reasonOf({ facts: { settings: { quarantined } }, request: { headers } })).toBe("quarantined");
  });

  test("a fact of the token that is absent refuses", () => {
    const whole = tokenFacts();
    for (const key of Object.keys(whole.token)) {
      if (["id", "name", "createdAt", "ownerId"].includes(key)) continue;
      const token = JSON.parse(JSON.stringify({ ...whole.token, [key]: undefined }));
      const decision = decide({ found: { ...whole, token }, request: { method: "POST", target: "/rest/api/2/issue" } });
      expect([key, decision.allowed]).toEqual([key, false]);
    }
    for (const found of [{}, { token: whole.token }, { owner: whole.owner }])
      expect(decide({ found: JSON.parse(JSON.stringify(found)) }).allowed).toBe(false);
  });

  test("whatever a fact throws is a refusal that keeps the cause for the log", () => {
    const thrown = (part: object) =>
      new Proxy(part, {
        get: () => {
          throw new Error("broken");
        },
      });
    const decision = decide({ found: { ...tokenFacts(), owner: thrown({}) as never } });
    expect(decision).toMatchObject({ allowed: false, reason: "undecided" });
    expect(decision).toHaveProperty("cause", new Error("broken"));
  });

  test("any single fact of the installation replaced by nonsense never turns a refusal into an allow", () => {
    const nonsense = fc.constantFrom<unknown>(undefined, null, "", "x", 0, {}, [], true);
    const keys = Object.keys(application());
    fc.assert(
      fc.property(fc.constantFrom(...keys), nonsense, (key, value) => {
        const broken = {
          ...application({
            rules: { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" },
          }),
          [key]: value,
        };
        const decisionOf = () => {
          const laid = layOut(facts({ applications: [broken as never] }));
          const opening = begin(laid, question(request({ method: "DELETE", headers: [] })), NOON, someRates());
          return opening.settled
            ? opening.decision.allowed
            : conclude(opening, laid, tokenFacts(), NOON, someRates()).allowed;
        };
        const allowed = (() => {
          try {
            return decisionOf();
          } catch {
            return false; // layOut refuses facts that are not whole
          }
        })();
        expect(allowed).toBe(false);
      }),
    );
  });
});

describe("for any request", () => {
  const any = fc.record({
    method: fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO", "get", "TRACE"),
    target: fc.oneof(
      fc.constantFrom("/rest/api/2/search", "/rest/api/2/issue", "/rest/auth/1/session", "/secure/x.jspa"),
      fc.string({ maxLength: 30 }).map((text) => `/rest/${text}`),
    ),
    headers: fc
      .array(fc.constantFrom("X-HTTP-Method-Override", "DELETE", "Upgrade", "websocket"), { maxLength: 4 })
      .map((lines) => [...lines.slice(0, lines.length & ~1), ...bearer()]),
  });

  test("a read token is allowed nothing but reads, and a token outside its rights nothing at all", () => {
    fc.assert(
      fc.property(any, (some) => {
        const decision = decide({ request: some });
        if (decision.allowed) expect(decision.subject.access).toBe("read");
        for (const token of [{ applications: [] }, { expiresAt: NOON }, { ipRanges: ["198.51.100.0/24"] }])
          expect(decide({ request: some, token }).allowed).toBe(false);
        expect(decide({ request: some, found: null }).allowed).toBe(false);
      }),
    );
  });
});

test("nothing here hands out an allow but the two parts of the list", () => {
  expect(Object.keys(exported).sort()).toEqual(["begin", "conclude"]);
});
