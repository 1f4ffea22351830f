import { expect, test } from "vitest";
import { decide } from "#test/verification";
import { undecided } from "../decision";
import { REASONS } from "../reasons";
import { wholeAnswer } from "./whole-answer";

const ANSWERING = { requestId: "req_1", portalUrl: "https://latchkey.corp" };

test("a refusal that goes to the client as it is has its own status, and nothing in it is for the gateway", () => {
  const refusals = [
    decide({ request: { headers: ["Authorization", "Basic !"] } }),
    decide({ found: null }),
    decide({ request: { method: "DELETE" } }),
    undecided("undecided"),
  ].map((decision) => wholeAnswer(decision, ANSWERING));
  expect(refusals.map(({ status }) => status)).toEqual([400, 401, 403, 503]);
  for (const { headers, body, status } of refusals) {
    expect(headers.join()).not.toMatch(/X-Latchkey-(Reason|Status|User|Auth)/);
    expect(JSON.parse(body)).toMatchObject({ status, requestId: "req_1" });
  }
  expect(JSON.parse(refusals[2]?.body ?? "")).toMatchObject({ detail: REASONS.write_refused.sentence });
});
