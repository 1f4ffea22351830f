import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { checkSecret } from "#lib/tokens/secret";
import { carriesCredential, standInHeaders } from "./standing-in";

const ALL = { basic: true, bearer: true, header: "X-Api-Token", query: null };
const prefixes = { prefix: "acme", retiredPrefixes: [] };
const secretIn = (header: unknown) => String(header).split(" ").at(-1) ?? "";

describe("a credential that stands in for a token's", () => {
  test("is well-formed, of this installation's prefix, and another one each time", () => {
    const [one, two] = [standInHeaders(ALL, "acme"), standInHeaders(ALL, "acme")].map((each) =>
      secretIn(each.Authorization),
    );
    expect(checkSecret(one ?? "", prefixes)).toBe("ours");
    expect(one).not.toBe(two);
  });

  test("comes the way that the application takes", () => {
    const basic = secretIn(standInHeaders({ ...ALL, bearer: false }, "acme").Authorization);
    expect(Buffer.from(basic, "base64").toString()).toMatch(/^token:acme_/);
    const header = standInHeaders({ ...ALL, bearer: false, basic: false }, "acme");
    expect(checkSecret(secretIn(header["X-Api-Token"]), prefixes)).toBe("ours");
    expect(Object.keys(standInHeaders(undefined, "acme"))).toEqual(["Authorization"]);
  });

  test("needs that nothing else carries one", () => {
    expect(carriesCredential({ AUTHORIZATION: "x" }, null)).toBe(true);
    expect(carriesCredential({ "x-api-token": "x" }, "X-Api-Token")).toBe(true);
    expect(carriesCredential({ accept: "x" }, null)).toBe(false);
  });
});
