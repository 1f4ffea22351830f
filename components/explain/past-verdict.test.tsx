import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { PastExplained } from "#lib/verification/queries-past";
import { PastVerdict } from "./past-verdict";

const judged: PastExplained["judged"] = {
  ...{ at: "2026-11-20T12:00:00.000Z", reason: "write_refused", detail: "It changes something.", remedy: "Do not." },
  ...{ rule: "the token itself", method: "GET", path: "/rest/x", host: "jira.test", address: "192.0.2.7" },
  ...{ client: "curl/8", gateway: "gw", application: "jira", tokenId: "t1", claimedName: null },
};
const step = (number: number, outcome: "passed" | "skipped") => ({
  ...{ step: number, name: "x", outcome, detail: "Yes.", rule: null, remedy: null },
});
const passes = (steps: readonly ReturnType<typeof step>[]): PastExplained["now"] => ({
  ...{ allowed: true, status: 200, reason: "allowed", steps },
  about: { gateway: "gw", application: "jira", tokenId: "t1" },
});
const told = (some: Pick<PastExplained, "now" | "unjudged">) =>
  renderToStaticMarkup(<PastVerdict past={{ judged, ...some }} reader={{ now: 0, zone: "UTC" }} />);

test("what cannot be judged again says why, and never that it would pass", () => {
  const page = told({ now: null, unjudged: "It cannot be judged again: its query decided." });
  expect(page).toContain("It cannot be judged again: its query decided.");
  expect(page).not.toContain("would pass");
  expect(page).toContain("GET jira.test/rest/x");
});

test("what would pass says so, with the reserve that a rate may be used up where there is one", () => {
  expect(told({ now: passes([step(18, "passed"), step(19, "skipped")]), unjudged: null })).toContain("It would pass.");
  const limited = told({ now: passes([step(19, "passed")]), unjudged: null });
  expect(limited).toContain("It would pass, unless its rate is used up.");
});
