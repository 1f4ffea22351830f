import { describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { basic, bearer, decide, installation, question, request } from "#test/verification";
import { begin } from "./decide";
import { Rates } from "./rates";

const subject = (situation: Parameters<typeof decide>[0]) => decide(situation).subject;

describe("what is kept of a verification", () => {
  test("has one spelling for each address", () => {
    expect(subject({ request: { clientAddress: "2001:DB8:0:0:0:0:0:1" } }).clientAddress).toBe("2001:db8::1");
    expect(subject({ request: { clientAddress: "::ffff:192.0.2.7" } }).clientAddress).toBe("192.0.2.7");
    expect(subject({ request: { clientAddress: "192.0.2.7" } }).clientAddress).toBe("192.0.2.7");
  });

  test("has one spelling for each path, without its query", () => {
    for (const target of ["/rest/api/2/myself?x=1", "/rest//api/2/myself/", "/%72est/api/2/myself"])
      expect(subject({ request: { target } }).path).toBe("/rest/api/2/myself");
  });

  test("has no secret, wherever somebody put it", () => {
    const secret = newSecret();
    const asked = [
      request({ target: `/rest/${secret}/x` }),
      request({ target: `/rest/api?token=${secret}` }),
      request({ target: `/hooks/${secret.slice(0, -3)}`, headers: [] }),
      request({ headers: basic(secret, "x") }),
      request({ headers: basic("fred", secret) }),
      request({ headers: bearer(secret) }),
    ];
    for (const one of asked) {
      const opening = begin(installation(), question(one), 0, new Rates());
      const kept = JSON.stringify(opening.settled ? opening.decision : opening.digest);
      expect(kept).not.toContain(secret.slice(3, 30));
    }
    expect(subject({ request: { target: `/rest/${secret}` } }).path).toBe("(redacted)");
  });

  test("has no secret of an earlier prefix in a path either", () => {
    const facts = { settings: { tokenPrefix: "new", retiredPrefixes: ["lk"] } };
    expect(subject({ facts, request: { target: `/rest/${newSecret()}` } }).path).toBe("(redacted)");
    expect(subject({ facts, request: { target: "/rest/api" } }).path).toBe("/rest/api");
  });

  test("names what a request that is not ours claims, and whether the application observes it", () => {
    expect(subject({ request: { headers: basic("fred", "x") } })).toMatchObject({
      auth: "password",
      claimedName: "fred",
      observed: true,
      tokenId: null,
    });
    expect(subject({ request: { headers: ["Authorization", "Basic !"] } })).toMatchObject({
      auth: null,
      claimedName: null,
      observed: false,
    });
  });

  test("of a refused token names the token and its owner, whatever refused it", () => {
    for (const token of [{ revokedAt: 1 }, { ipRanges: ["198.51.100.1"] }, { applications: [] }])
      expect(subject({ token })).toMatchObject({
        tokenId: expect.any(String),
        ownerId: expect.any(String),
        auth: "token",
      });
    expect(subject({ found: null })).toMatchObject({ tokenId: null, ownerId: null, auth: "token" });
  });
});
