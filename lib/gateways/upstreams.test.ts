import { expect, it } from "vitest";
import { forEachUpstream, placed, upstreamsOf } from "./upstreams";

const on = (key: string, ...hosts: string[]) => ({ key, routes: hosts.map((host) => ({ host, context: "" })) });

it("hosts lead to one place where the same applications stand on them, and to no other's", () => {
  const all = upstreamsOf([on("jira", "jira.corp", "tools.corp", "j.corp"), on("wiki", "wiki.corp", "tools.corp")]);
  expect(all).toEqual([
    { name: "jira", hosts: ["jira.corp", "j.corp"], where: "where jira listens" },
    {
      ...{ name: "jira-and-wiki", hosts: ["tools.corp"] },
      where: "jira, wiki share a host: the proxy that tells them apart by path",
    },
    { name: "wiki", hosts: ["wiki.corp"], where: "where wiki listens" },
  ]);
});

it("no two have one name, whatever their applications are called", () => {
  const long = Array.from({ length: 30 }, (_, n) => on(`long-${n}`, "a.corp", ...(n < 29 ? ["b.corp"] : [])));
  const all = upstreamsOf([on("a", "c.corp"), on("b", "c.corp"), on("a-and-b", "d.corp"), ...long]);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(all.flatMap(({ hosts }) => hosts).sort()).toEqual(["a.corp", "b.corp", "c.corp", "d.corp"]);
});

it("none has the name of a place of ours", () => {
  const keys = ["latchkey", "latchkey-verifier"];
  const names = upstreamsOf(keys.map((key) => on(key, `${key}.corp`))).map(({ name }) => name);
  expect(names).toEqual(["latchkey-2", "latchkey-verifier-2"]);
});

it("a part stands once for each, its remarks once, and is refused where the file has none", () => {
  const text = "all:\n  # said once\n  a # EDIT: where Jira listens\nend\n";
  const fill = (part: string, upstream: Parameters<typeof placed>[1]) => placed(part, upstream);
  const made = forEachUpstream(
    text,
    /^ {2}[\s\S]*?(?=^end)/m,
    upstreamsOf([on("x", "x.corp"), on("y", "y.corp")]),
    fill,
  );
  expect(made).toBe("all:\n  # said once\n  a # EDIT: where x listens\n  a # EDIT: where y listens\nend\n");
  expect(() => forEachUpstream("", /^ {2}[\s\S]*?(?=^end)/m, upstreamsOf([]), (part) => part)).toThrow("no place for");
});
