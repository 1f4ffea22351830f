import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OriginalRequest } from "#lib/verification/request";
import type { Withholds } from "#lib/verification/withheld";
import { application, decide, gateway, SECRET } from "#test/verification";
import { requestsWith } from "./credentials";
import { inAddress, NETWORK, objection, PARAMETERS } from "./naive";
import { PLACES, type Place } from "./places";
import { runs } from "./runs";

const anyRequest = requestsWith(SECRET);
const anyWithholds = fc.constantFrom<Withholds>("named", "headers", "all", "all");

const KINDS = { docs: "generic", git: "bitbucket", wiki: "confluence" } as const;
const credentialsOf = (key: Place) => ({ basic: true, bearer: true, header: "X-Api-Token", query: PARAMETERS[key] });
const below = (key: keyof typeof KINDS, last: number) =>
  application({
    ...{ id: `0190d4a5-0000-7000-8000-0000000000a${last}`, key, name: key, kind: KINDS[key] },
    ...{ routes: [{ host: "jira.corp", context: `/${key}` }], credentials: credentialsOf(key) },
  });
const facts = {
  applications: [
    application({ credentials: credentialsOf("jira") }),
    below("docs", 2),
    below("git", 3),
    below("wiki", 4),
  ],
  gateways: [gateway({ applications: PLACES })],
};

const answerTo = (request: OriginalRequest, withholds: Withholds) =>
  decide({ facts, request, question: { withholds }, token: { access: "read", ipRanges: [NETWORK] } });
const placeIn = (key: string | null): Place => PLACES.find((each) => each === key) ?? "jira";

describe("whatever is asked of the list", () => {
  test("is decided, and nothing that is thrown decides it", () => {
    const reasons = new Map<string, number>();
    fc.assert(
      fc.property(anyRequest, anyWithholds, (request, withholds) => {
        const { reason } = answerTo(request, withholds);
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        expect(reason).not.toBe("undecided");
      }),
      runs(6_000),
    );
    expect(reasons.size).toBeGreaterThan(12);
  });

  test("is allowed as a token's only where somebody who never saw the list has nothing against it", () => {
    const allowed = new Map(PLACES.map((place) => [place, 0]));
    let byAddress = 0;
    fc.assert(
      fc.property(anyRequest, anyWithholds, (request, withholds) => {
        const decision = answerTo(request, withholds);
        if (!decision.allowed || decision.auth !== "token") return;
        const place = placeIn(decision.subject.applicationKey);
        allowed.set(place, (allowed.get(place) ?? 0) + 1);
        if (inAddress(request, place).length > 0) byAddress += 1;
        const by = { keepsAddress: withholds === "all", hops: 0 };
        expect([request, objection(request, SECRET, place, by)]).toEqual([request, null]);
      }),
      runs(6_000),
    );
    for (const count of allowed.values()) expect(count).toBeGreaterThan(5);
    expect(byAddress).toBeGreaterThan(5);
  });

  test("passes without an identity where it is nobody's token, and takes none of ours along", () => {
    let passed = 0;
    fc.assert(
      fc.property(anyRequest, anyWithholds, (request, withholds) => {
        const decision = answerTo(request, withholds);
        if (!decision.allowed || decision.auth === "token") return;
        passed += 1;
        expect(decision).toMatchObject({ identity: null, told: false, assertion: null });
        expect(decision.subject.tokenId).toBeNull();
        const sent = decision.authorization;
        expect(sent === "" || request.headers.includes(sent)).toBe(true);
        const read = sent.split(/[\s,]+/).map((word) => Buffer.from(word, "base64").toString("latin1"));
        const address = inAddress(request, placeIn(decision.subject.applicationKey));
        expect([sent, ...read].filter((text) => text.includes(SECRET))).toEqual([]);
        expect(address.filter((text) => text === SECRET)).toEqual([]);
      }),
      runs(6_000),
    );
    expect(passed).toBeGreaterThan(100);
  });
});
