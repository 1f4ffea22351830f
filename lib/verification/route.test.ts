import { describe, expect, test } from "vitest";
import { application } from "#test/verification";
import { parseTarget } from "./path";
import { canonicalHost, layRoutes, routeTo } from "./route";

const jira = application({ key: "jira", routes: [{ host: "tools.corp", context: "/jira" }] });
const wiki = application({ key: "wiki", routes: [{ host: "tools.corp", context: "confluence/" }] });
const deep = application({ key: "deep", routes: [{ host: "tools.corp", context: "/jira/plugins" }] });
const root = application({ key: "root", routes: [{ host: "Root.Corp:8443", context: "/" }] });
const TABLE = layRoutes([jira, wiki, deep, root], ({ key }) => key);

function route(table: typeof TABLE, host: string, path: string) {
  const target = parseTarget(path);
  if (!target.ok) throw new Error(target.rule);
  return routeTo(table, host, target);
}

describe("a host", () => {
  test("is compared in lower case, without port and without the final dot", () => {
    for (const host of ["jira.corp", "JIRA.corp", "jira.corp:443", "jira.corp.", "jira.corp.:8443", "jira.corp:"])
      expect(canonicalHost(host)).toBe("jira.corp");
    expect(canonicalHost("[2001:DB8::1]:443")).toBe("[2001:db8::1]");
    expect(canonicalHost("192.0.2.1:80")).toBe("192.0.2.1");
  });

  test("is nothing when it could be read in two ways", () => {
    const wrong = [
      "",
      ".",
      ":80",
      "a b",
      "a,b",
      "user@jira.corp",
      "jira.corp/x",
      "jira.corp:80:90",
      "jira.corp:8x",
      "jïra.corp",
    ];
    for (const host of [
      ...wrong,
      "jira%2ecorp",
      "jira.corp\\evil",
      "::1",
      "a".repeat(300),
      "jira.corp..",
      "-a",
      "jira.corp?x",
    ])
      expect(canonicalHost(host)).toBeNull();
  });
});

describe("a request belongs to", () => {
  test("the application with the longest context of whole segments", () => {
    expect(route(TABLE, "tools.corp", "/jira/rest/api")).toEqual({ to: "jira", depth: 1 });
    expect(route(TABLE, "tools.corp", "/jira")).toEqual({ to: "jira", depth: 1 });
    expect(route(TABLE, "tools.corp", "/jira/plugins/x")).toEqual({ to: "deep", depth: 2 });
    expect(route(TABLE, "tools.corp", "/jira/pluginsx")).toEqual({ to: "jira", depth: 1 });
    expect(route(TABLE, "tools.corp", "/confluence/display/DS/100%25+done")).toEqual({ to: "wiki", depth: 1 });
    expect(route(TABLE, "root.corp", "/any/thing")).toEqual({ to: "root", depth: 0 });
    expect(route(TABLE, "root.corp", "/")).toEqual({ to: "root", depth: 0 });
  });

  test("nobody where no route leads", () => {
    for (const path of ["/", "/jirax/rest", "/JIRA/rest", "/rest/jira"])
      expect(route(TABLE, "tools.corp", path)).toBeNull();
    expect(route(TABLE, "other.corp", "/jira")).toBeNull();
  });

  test("nobody where two applications claim the same place", () => {
    const twice = layRoutes([jira, application({ key: "two", routes: jira.routes })], ({ key }) => key);
    expect(route(twice, "tools.corp", "/jira/x")).toBeNull();
    const ports = [
      application({ key: "a", routes: [{ host: "h:1", context: "" }] }),
      application({ key: "b", routes: [{ host: "h:2", context: "" }] }),
    ];
    expect(
      route(
        layRoutes(ports, ({ key }) => key),
        "h",
        "/",
      ),
    ).toBeNull();
  });
});

describe("a path that gateways route differently", () => {
  const shared = layRoutes(
    [jira, application({ key: "front", routes: [{ host: "tools.corp", context: "" }] })],
    ({ key }) => key,
  );

  test("is a contradiction when another reading leads to another application", () => {
    for (const path of ["/jira%2frest/api", "/jira;x/rest", "/jira%3bx/rest", "//jira/rest", "/jira%5crest"])
      expect([path, route(shared, "tools.corp", path)]).toEqual([path, "contradiction"]);
  });

  test("is none when all readings agree", () => {
    expect(route(shared, "tools.corp", "/jira//rest/api/2/myself")).toEqual({ to: "jira", depth: 1 });
    expect(route(shared, "tools.corp", "/jira/a;b/c%2fd")).toEqual({ to: "jira", depth: 1 });
    expect(route(shared, "tools.corp", "/x//y;z/a%2fb")).toEqual({ to: "front", depth: 0 });
  });

  test("is a contradiction where it is too long to be read and may lead to another application", () => {
    const nested = [
      application({ key: "outer", routes: [{ host: "tools.corp", context: "/app" }] }),
      application({ key: "inner", routes: [{ host: "tools.corp", context: "/app/admin" }] }),
    ];
    const table = layRoutes(nested, ({ key }) => key);
    const long = "a".repeat(1_100);
    for (const path of [`/app/adm%2569n/${long}`, `/app;${long}/admin`, `/app/${long};x`, `/app/%2561;${long}/x`])
      expect([path.slice(0, 20), route(table, "tools.corp", path)]).toEqual([path.slice(0, 20), "contradiction"]);
    expect(route(shared, "tools.corp", `/;${long}/jira/x`)).toBe("contradiction");
  });

  test("is none, however long, when it begins so that all readings agree", () => {
    const long = `${"a/".repeat(550)}x;jsessionid=1`;
    expect(route(shared, "tools.corp", `/jira/rest/${long}`)).toEqual({ to: "jira", depth: 1 });
    expect(route(shared, "tools.corp", `/jira/${"a".repeat(1_100)}%EF%BC%8F`)).toEqual({ to: "jira", depth: 1 });
    expect(route(shared, "tools.corp", `/other/${long}`)).toEqual({ to: "front", depth: 0 });
  });
});
