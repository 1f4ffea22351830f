import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseTarget } from "#lib/verification/path";
import { FILTER_RULES } from "#lib/verification/path-filter";
import { tomcat as model } from "#test/path-readers";
import type { Running } from "#test/upstreams/program";
import { rawRequest } from "#test/upstreams/raw-request";
import { heardFrom, type Servlet, startTomcat } from "#test/upstreams/tomcat";
import { application, bearer, decide } from "#test/verification";
import { anyPath } from "./grammar";
import { placeOf } from "./places";
import { runs } from "./runs";

let tomcat: Running;
beforeAll(async () => {
  tomcat = await startTomcat();
});
afterAll(() => tomcat.stop());

async function heard(target: string) {
  const { status, body } = await rawRequest({ address: "127.0.0.1", port: tomcat.port }, [`GET ${target} HTTP/1.0`]);
  return heardFrom(status, body);
}

const segmentsOf = (path: string): string[] => path.split("/").filter((part) => part !== "");

/** Which servlet a canonical path belongs to, by the mapping of web.xml. */
function servletOf([first = "", ...more]: readonly string[]): Servlet {
  if (first === "rest" || first === "secure") return first;
  return (more.at(-1) ?? first).endsWith(".jspa") ? "jspa" : "other";
}

describe("a real Tomcat", () => {
  test.each([
    ["/rest/..;/secure/admin", "secure", "/secure/admin"],
    ["/rest;x=1/api", "rest", "/rest/api"],
    ["/%72est/api", "rest", "/rest/api"],
    ["/x.jspa;", "jspa", "/x.jspa"],
    ["/x%2ejspa", "jspa", "/x.jspa"],
    ["//secure//admin", "secure", "/secure/admin"],
    ["/%C3%84", "other", "/\u00c4"],
  ])("answers %s with the servlet %s", async (target, servlet, path) => {
    expect(await heard(target)).toEqual({ servlet, path });
  });

  test("reads every path that we call clean as we do, and gives it to the servlet that we think of", async () => {
    let compared = 0;
    const property = fc.asyncProperty(anyPath, async (target) => {
      const parsed = parseTarget(target);
      if (!parsed.ok || parsed.signatures.length > 0) return;
      const said = await heard(target);
      if (said === null) return;
      compared += 1;
      expect(segmentsOf(said.path)).toEqual(parsed.segments);
      if (!target.endsWith("/")) expect(said.servlet).toBe(servletOf(parsed.segments));
    });
    await fc.assert(property, runs(1_500));
    expect(compared).toBeGreaterThan(300);
  });

  test.each([
    ["with every rule of the path filter as preset", {}],
    ["with every rule of it off", Object.fromEntries(FILTER_RULES.map((rule) => [rule, "off"]))],
  ])("takes no token anywhere but where tokens may go, however the path is written: %s", async (_how, pathFilter) => {
    const facts = { applications: [application({ pathFilter })] };
    let [passed, elsewhere] = [0, 0];
    const property = fc.asyncProperty(anyPath, async (target) => {
      const said = await heard(target);
      if (said === null) return;
      const place = placeOf(segmentsOf(said.path));
      if (place !== "jira") elsewhere += 1;
      const { allowed } = decide({ facts, request: { target, headers: bearer() } });
      if (!allowed) return;
      passed += 1;
      expect(place).toBe("jira");
    });
    await fc.assert(property, runs(1_500));
    expect(Math.min(passed, elsewhere)).toBeGreaterThan(100);
  });

  test("is what the model of it in test/path-readers.ts says, wherever it answers", async () => {
    const property = fc.asyncProperty(anyPath, async (target) => {
      const said = await heard(target);
      if (said !== null) expect(model(target)).toEqual(segmentsOf(said.path));
    });
    await fc.assert(property, runs(800));
  });
});
