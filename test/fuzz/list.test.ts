import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OriginalRequest } from "#lib/verification/request";
import { application, decide, SECRET } from "#test/verification";
import { requestsWith } from "./credentials";
import { NETWORK, objection } from "./naive";
import { runs } from "./runs";

const anyRequest = requestsWith(SECRET);

const docs = application({
  ...{ id: "0190d4a5-0000-7000-8000-0000000000a2", key: "docs", name: "Docs", kind: "generic" },
  routes: [{ host: "jira.corp", context: "/docs" }],
});
const facts = { applications: [application(), docs] };

const answerTo = (request: OriginalRequest) =>
  decide({ facts, request, token: { access: "read", ipRanges: [NETWORK] } });

describe("whatever is asked of the list", () => {
  test("is decided, and nothing that is thrown decides it", () => {
    const reasons = new Map<string, number>();
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { reason } = answerTo(request);
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        expect(reason).not.toBe("undecided");
      }),
      runs(4_000),
    );
    expect(reasons.size).toBeGreaterThan(12);
  });

  test("is allowed as a token's only where somebody who never saw the list has nothing against it", () => {
    let allowed = 0;
    fc.assert(
      fc.property(anyRequest, (request) => {
        const decision = answerTo(request);
        if (!decision.allowed || decision.auth !== "token") return;
        allowed += 1;
        expect(objection(request, SECRET, decision.subject.applicationKey ?? "")).toBeNull();
      }),
      runs(4_000),
    );
    expect(allowed).toBeGreaterThan(80);
  });

  test("passes without an identity where it is nobody's token, and takes none of ours along", () => {
    let passed = 0;
    fc.assert(
      fc.property(anyRequest, (request) => {
        const decision = answerTo(request);
        if (!decision.allowed || decision.auth === "token") return;
        passed += 1;
        expect(decision).toMatchObject({ identity: null, told: false, assertion: null });
        expect(decision.subject.tokenId).toBeNull();
        const sent = decision.authorization;
        expect(sent === "" || request.headers.includes(sent)).toBe(true);
        const read = sent.split(/[\s,]+/).map((word) => Buffer.from(word, "base64").toString("latin1"));
        expect([sent, ...read].filter((text) => text.includes(SECRET))).toEqual([]);
      }),
      runs(4_000),
    );
    expect(passed).toBeGreaterThan(100);
  });
});
