import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { checkSecret } from "#lib/tokens/secret";
import { carriesCredential, placeIn, standIn } from "./standing-in";

const ALL = { basic: true, bearer: true, header: "X-Api-Token", query: null };
const prefixes = { prefix: "acme", retiredPrefixes: [] };
const secretIn = (header: unknown) => String(header).split(" ").at(-1) ?? "";

describe("a credential that stands in for a token's", () => {
  test("is well-formed, of this installation's prefix, and another one each time", () => {
    const [one, two] = [standIn("Bearer", "acme"), standIn("Bearer", "acme")].map(({ headers }) =>
      secretIn(headers.Authorization),
    );
    expect(checkSecret(one ?? "", prefixes)).toBe("ours");
    expect(one).not.toBe(two);
  });

  test("comes the way that the application takes", () => {
    const of = (some: object) => placeIn({ ...ALL, ...some });
    expect([of({}), of({ bearer: false }), placeIn(undefined)]).toEqual(["Bearer", "Basic", "Bearer"]);
    expect(of({ bearer: false, basic: false })).toBe("header X-Api-Token");
  });

  test("stands where it is told to", () => {
    const basic = secretIn(standIn("Basic", "acme").headers.Authorization);
    expect(Buffer.from(basic, "base64").toString()).toMatch(/^token:acme_/);
    const header = standIn("header X-Api-Token", "acme");
    expect(checkSecret(secretIn(header.headers["X-Api-Token"]), prefixes)).toBe("ours");
    const query = standIn("query key", "acme");
    expect(query).toEqual({ headers: {}, query: expect.stringMatching(/^key=acme_\w+$/) });
  });

  test("needs that nothing else carries one", () => {
    expect(carriesCredential({ AUTHORIZATION: "x" }, null)).toBe(true);
    expect(carriesCredential({ "x-api-token": "x" }, "X-Api-Token")).toBe(true);
    expect(carriesCredential({ accept: "x" }, null)).toBe(false);
  });
});
