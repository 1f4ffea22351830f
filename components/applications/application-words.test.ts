import { expect, test } from "vitest";
import { routes } from "#lib/applications/route-schema";
import { classWords, routesText, typedLines, typedRoutes } from "./application-words";

test("routes are typed as they are shown: host, port and context; pasted addresses lose their scheme only", () => {
  const typed = typedRoutes("jira.example.com\n https://tools.corp:8443/jira/ ,wiki.test/");
  expect(typed).toEqual([
    { host: "jira.example.com", context: "" },
    { host: "tools.corp:8443", context: "/jira/" },
    { host: "wiki.test", context: "/" },
  ]);
  const read = routes.parse(typed);
  expect(typedRoutes(routesText(read))).toEqual(read);
  expect(typedRoutes(" \n")).toEqual([]);
});

test("hosts in other alphabets come through to the server, which writes them in ASCII", () => {
  expect(routes.parse(typedRoutes("https://bücher.example/wiki"))).toEqual([
    { host: "xn--bcher-kva.example", context: "/wiki" },
  ]);
});

test("a class of a newer version is shown by its name", () => {
  expect([classWords("password"), classWords("quantum")]).toEqual(["Passwords", "quantum"]);
});

test("patterns are one a line", () => {
  expect(typedLines("/a/**\n\n /b ")).toEqual(["/a/**", "/b"]);
});
