import { describe, expect, test } from "vitest";
import { offeredToken, READER, tokenView } from "#test/pages";
import { actionFacts, actionsOf, NO_ACTIONS } from "../actions/action-facts";
import { consequence } from "../actions/consequence";
import { endOf, endSentence } from "../end-sentence";
import { lifeOf } from "../life";
import { sourceWords } from "../new/source-words";
import { grantWords } from "../page/grant-words";
import { firstUseOf } from "../secret/first-use";
import { applicationWords, listWords, REVOKE_REASONS, reasonWords } from "../token-words";
import { causeOf } from "./cause";
import { groupTokens, leakedLately } from "./grouping";

const in_ = (days: number) => new Date(READER.now + days * 86_400_000).toISOString();
const refusedAt = (days: number) => ({
  ...{ at: in_(days), reason: "write_refused", address: "10.0.0.9" },
  ...{ meaning: "It may only read.", remedy: "Use one that may write." },
});
const suspension = { at: in_(-0.1), by: "root", byOwner: false, note: "Odd" };

test("a leak is told for a week", () => {
  expect(leakedLately({ leakReportedAt: in_(-6.9) }, READER.now)).toBe(true);
  expect(leakedLately({ leakReportedAt: in_(-7.1) }, READER.now)).toBe(false);
  expect(leakedLately({ leakReportedAt: null }, READER.now)).toBe(false);
});

describe("my tokens are grouped", () => {
  const tokens = [
    tokenView({ id: "used-yesterday", lastUsedAt: in_(-1) }),
    tokenView({ id: "never-used", createdAt: in_(-5) }),
    tokenView({ id: "used-now", lastUsedAt: in_(0), expiresAt: null }),
    tokenView({ id: "expiring", status: "expiring", expiresAt: in_(6) }),
    tokenView({ id: "rotating", status: "rotating", overlapEndsAt: in_(1) }),
    tokenView({ id: "suspended", status: "suspended", expiresAt: null, suspension }),
    tokenView({ id: "suspended-too", status: "suspended", expiresAt: null, suspension }),
    tokenView({ id: "pending", status: "pending", claim: { madeAt: in_(-4), madeBy: "ann", expiresAt: in_(3) } }),
    tokenView({ id: "refused", lastUsedAt: in_(-0.3), lastRefusal: refusedAt(-0.2) }),
    tokenView({ id: "unreadable", lastUsedAt: in_(-2), expiresAt: null, restrictionsUnreadable: true }),
    tokenView({ id: "unreadable-over", status: "expired", expiresAt: in_(-50), restrictionsUnreadable: true }),
    tokenView({ id: "well-since", lastUsedAt: in_(-0.1), lastRefusal: refusedAt(-0.2) }),
    tokenView({ id: "refused-long-ago", lastUsedAt: in_(-9), lastRefusal: refusedAt(-1.01) }),
    tokenView({ id: "expired", status: "expired", expiresAt: in_(-40), lastRefusal: refusedAt(-0.2) }),
    tokenView({
      id: "revoked",
      status: "revoked",
      revocation: { at: in_(-3), by: "ada", reason: "unused", note: null },
    }),
    tokenView({ id: "replaced", status: "revoked", overlapEndsAt: in_(-1) }),
  ];
  const ids = (list: readonly { id: string }[]) => list.map((token) => token.id);
  const groups = groupTokens(tokens, READER.now);

  test("what needs somebody comes first, the soonest first, what merely waits last", () => {
    expect(ids(groups.attention)).toEqual([
      "rotating",
      "pending",
      "expiring",
      "suspended",
      "suspended-too",
      "refused",
      "unreadable",
    ]);
  });
  test("then what is in use, the latest used first", () =>
    expect(ids(groups.inUse)).toEqual(["used-now", "well-since", "used-yesterday", "never-used", "refused-long-ago"]));
  test("what has ended is apart, the latest first", () =>
    expect(ids(groups.ended)).toEqual(["replaced", "revoked", "expired", "unreadable-over"]));
  test("none is lost and none is shown twice", () =>
    expect(groups.attention.length + groups.inUse.length + groups.ended.length).toBe(tokens.length));
});

describe("the cause says what is the matter and offers the remedy that may be used", () => {
  const expiring = { status: "expiring" as const, expiresAt: in_(6), lastUsedAt: in_(0) };
  const byAda = { ...suspension, by: "ada", byOwner: true, note: null };
  test.each([
    [offeredToken(), undefined, undefined],
    [offeredToken(expiring), /^Ends on Thursday and is still in use\. Rotate it/, "rotate"],
    [offeredToken(expiring, ["revoke"]), /still in use\. It cannot be rotated: Ask an administrator\.$/, null],
    [
      offeredToken({ status: "expiring", expiresAt: in_(1), lastUsedAt: null }),
      /^Ends tomorrow and was never used\. .*let it end/,
      "rotate",
    ],
    [offeredToken({ ...expiring, lastUsedAt: in_(-40) }), /was last used 11 Oct/, "rotate"],
    [
      offeredToken({ status: "suspended", suspension }, ["revoke"]),
      /^root suspended it 2 h ago\. “Odd” .*administrator resumes/,
      null,
    ],
    [offeredToken({ status: "suspended", suspension: byAda }), /^You suspended it .*until you resume it\.$/, "resume"],
    [
      offeredToken({ status: "suspended", suspension: { ...byAda, by: "bob" } }, []),
      /^bob suspended it .*until they resume it\.$/,
      null,
    ],
    [
      offeredToken({ status: "rotating", overlapEndsAt: in_(1), lastUsedAt: in_(0), lastUsedIp: "10.0.0.1" }),
      /stops tomorrow\. Last used just now from 10\.0\.0\.1\.$/,
      null,
    ],
    [
      offeredToken({ status: "rotating", overlapEndsAt: in_(7), overlapUntilFirstUse: true }),
      /stops as soon as the new one is used, in 7 days at the latest\. It was never used\.$/,
      null,
    ],
    [offeredToken({ status: "orphaned" }), /deactivated/, null],
    [
      offeredToken({ lastRefusal: refusedAt(-0.2) }),
      /^Refused 4 h ago, from 10\.0\.0\.9\. It may only read\. Use one that may write\.$/,
      "see-why",
    ],
    [offeredToken({ lastRefusal: refusedAt(-2) }), undefined, undefined],
  ])("%#", (token, sentence, remedy) => {
    const cause = causeOf(token, "ada", READER);
    expect(cause?.remedy).toBe(remedy);
    if (sentence) expect(cause?.sentence).toMatch(sentence);
    else expect(cause).toBeNull();
  });

  test("what cannot be read is said before all else, as long as it could be ended", () => {
    const token = { status: "expiring", expiresAt: in_(6), restrictionsUnreadable: true } as const;
    expect(causeOf(offeredToken(token), "ada", READER)).toMatchObject({
      ...{ tone: "refused", remedy: null, sentence: expect.stringContaining("its requests are refused") },
    });
    expect(causeOf(offeredToken({ ...token, status: "revoked" }), "ada", READER)).toBeNull();
  });
});

describe("a token's life", () => {
  test("is fresh, then nearly over from 14 days before its end, then over", () => {
    expect(lifeOf(tokenView({ createdAt: in_(-30), expiresAt: in_(90) }), READER)).toMatchObject({
      ends: "18 Feb",
      left: "in 90 days",
      share: 0.25,
      tone: "fresh",
    });
    expect(lifeOf(tokenView({ expiresAt: in_(14) }), READER).tone).toBe("nearly-over");
    expect(lifeOf(tokenView({ expiresAt: in_(-1) }), READER)).toMatchObject({ share: 1, tone: "over", left: "over" });
  });
  test("without an end there is no bar", () =>
    expect(lifeOf(tokenView({ expiresAt: null }), READER)).toMatchObject({ ends: "Never", share: null, at: null }));
  test("a superseded secret ends with its overlap, a revoked one when it was revoked", () => {
    expect(lifeOf(tokenView({ status: "rotating", overlapEndsAt: in_(1) }), READER).left).toBe("tomorrow");
    expect(
      lifeOf(
        tokenView({ status: "revoked", revocation: { at: in_(-2), by: "ada", reason: "unused", note: null } }),
        READER,
      ),
    ).toMatchObject({ ends: "18 Nov", tone: "over" });
  });
});

describe("the buttons", () => {
  test("are what the server offers, no more and no less", () => {
    expect(actionsOf(offeredToken({}, ["revoke", "suspend"]))).toEqual({
      rotate: false,
      suspend: true,
      resume: false,
      revoke: true,
      edit: false,
      link: false,
    });
    expect(actionsOf(offeredToken({}, []))).toEqual(NO_ACTIONS);
  });
  test("a rotated token knows whether it is the old or the new one", () => {
    expect(actionFacts(tokenView(), "Jira").pair).toBeNull();
    expect(actionFacts(tokenView({ status: "rotating", rotatedTo: "b" }), "Jira").pair).toBe("old");
    expect(actionFacts(tokenView({ rotatedFrom: "a" }), "Jira").pair).toBe("new");
  });
});

describe("words", () => {
  test("applications by name, gone ones by key", () => {
    const known = [{ key: "jira", name: "Jira" }];
    expect(applicationWords(["jira", "gone"], known)).toBe("Jira and gone");
    expect(applicationWords("all", known)).toBe("All applications");
    expect(applicationWords([], known)).toBe("No application");
    expect(listWords(["a", "b", "c"], "or")).toBe("a, b or c");
  });
  test("every reason has words, none twice", () => {
    expect(new Set(REVOKE_REASONS.map((reason) => reasonWords(reason.value))).size).toBe(REVOKE_REASONS.length);
    expect(reasonWords("key_compromise")).toBe("the secret may have leaked");
  });
  test("how it ended", () => {
    const revocation = { at: in_(-3), by: "root", reason: "policy" as const, note: "Too wide" };
    expect(endSentence(tokenView({ status: "revoked", revocation }))).toBe(
      "Revoked by root: against a policy. “Too wide”",
    );
    expect(endSentence(tokenView({ status: "revoked", overlapEndsAt: in_(-1) }))).toBe("Replaced by a new secret.");
    expect(endSentence(tokenView({ status: "expired" }))).toBe("Reached its end.");
    expect(endOf(tokenView({ revocation }))).toBe(revocation.at);
  });
  test("under whose power it stands, also when that is gone", () => {
    expect(grantWords({ by: "tier", name: "Developers", grantor: null })).toContain("Developers");
    expect(grantWords({ by: "tier", name: null, grantor: null })).toContain("none");
    expect(grantWords({ by: "delegation", name: "Integrations", grantor: "root" })).toBe(
      "Delegation Integrations, granted by root",
    );
    expect(grantWords({ by: "delegation", name: null, grantor: null })).toContain("no more");
    expect(sourceWords({ kind: "ceiling", name: "Contractors" })).toBe("the ceiling of tier Contractors");
  });
  test("what revoking stops", () => {
    expect(consequence(tokenView({ lastUsedAt: in_(0), lastUsedIp: "10.0.0.1" }), READER).use).toBe(
      "It was last used just now from 10.0.0.1.",
    );
    expect(consequence(tokenView(), READER)).toMatchObject({
      use: "It was never used.",
      rest: expect.stringContaining("cannot be undone"),
    });
  });
});

test("the first allowed request turns the waiting green; a token that ended meanwhile turns it red", () => {
  const refused = refusedAt(0);
  expect(firstUseOf(tokenView())).toMatchObject({ state: "waiting", address: null });
  expect(firstUseOf(tokenView({ lastRefusal: refused }))).toMatchObject({
    state: "refused",
    said: "It may only read. Use one that may write.",
  });
  expect(firstUseOf(tokenView({ lastUsedAt: in_(0), lastUsedIp: "10.0.0.1", lastRefusal: refused }))).toMatchObject({
    state: "works",
    address: "10.0.0.1",
  });
  for (const status of ["revoked", "suspended"] as const) {
    expect(firstUseOf(tokenView({ status, lastRefusal: refused })).state).toBe("ended");
  }
});
