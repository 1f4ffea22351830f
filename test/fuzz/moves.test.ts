import fc from "fast-check";
import { expect, test } from "vitest";
import { doubtfulPath } from "#test/path-readers";
import { restrictedTo } from "#test/restricted";
import { application, bearer, decide, gateway } from "#test/verification";
import { anyDestination, good } from "./grammar";
import { objectionToMove } from "./naive";
import { runs } from "./runs";

const OFF = { pathFilter: { enc_slash: "off", semicolon: "off", enc_semicolon: "off", backslash: "off" } } as const;
const docs = application({
  ...{ id: "0190d4a5-0000-7000-8000-0000000000a2", key: "docs", name: "Docs", kind: "generic", ...OFF },
  routes: [{ host: "jira.corp", context: "/docs" }],
});
const facts = { applications: [application(OFF), docs], gateways: [gateway({ applications: ["jira", "docs"] })] };
const token = { access: "write", ...restrictedTo({ pathRules: ["* /rest/api/**"] }) } as const;
const isWithin = ([first, second]: readonly string[]) => first === "rest" && second === "api";

/** What servlets that move files cut elsewhere than who reads a path. */
const cutElsewhere = fc
  .tuple(
    good,
    fc.constantFrom(":", "%3A", "://x", "?", "?/../../../../../../..", ","),
    fc.constantFrom("", "/docs/a", "/rest/api/b"),
  )
  .map((parts) => parts.join(""));
const anyPlace = fc.oneof(
  good,
  cutElsewhere,
  anyDestination,
  doubtfulPath.map((path) => `/rest${path}`),
);
const anyMove = fc.record({
  method: fc.constantFrom("MOVE", "COPY", "PUT"),
  lines: fc.oneof(
    { weight: 9, arbitrary: anyPlace.map((to) => ["Destination", to]) },
    {
      weight: 1,
      arbitrary: fc.array(anyPlace, { maxLength: 2 }).map((all) => all.flatMap((to) => ["destination", to])),
    },
  ),
});

test("a token moves and copies only to where nobody reads a place that is not its own", () => {
  let moved = 0;
  fc.assert(
    fc.property(anyMove, ({ method, lines }) => {
      const request = { method, target: "/rest/api/2/issue", host: "jira.corp", headers: [...bearer(), ...lines] };
      const { reason } = decide({ facts, request, token });
      expect(reason).not.toBe("undecided");
      if (reason !== "allowed") return;
      moved += 1;
      const asked = { ...request, proto: "https", clientAddress: "192.0.2.7" };
      expect([lines, objectionToMove(asked, "jira", isWithin)]).toEqual([lines, null]);
    }),
    runs(4_000),
  );
  expect(moved).toBeGreaterThan(100);
});
