import { describe, expect, test } from "vitest";
import { accountIn } from "./account";
import { parsePostmaster, runs } from "./postmaster";

const FILE = "4711\n/data/postgres/cluster\n1795311111\n40273\n\n127.0.0.1\n  123456    7\nready   \n";

describe("postmaster.pid", () => {
  test("says which process listens where, and in which state", () => {
    expect(parsePostmaster(FILE)).toEqual({ pid: 4711, port: 40273, status: "ready" });
    expect(parsePostmaster(FILE.replace("ready   ", "stopping"))).toMatchObject({ status: "stopping" });
  });

  test.each([
    "",
    "4711\n",
    "x\n/data\n1\n40273\n\n\n\nready\n",
    "-1\n/data\n1\n40273\n\n\n\nready\n",
    FILE.slice(0, 40),
  ])("half-written it says nothing: %j", (text) => {
    expect(parsePostmaster(text)).toBeNull();
  });

  test("a living process that is no PostgreSQL of this cluster does not count as one", () => {
    expect(runs(process.pid, "/nowhere/cluster")).toBe(false);
    expect(runs(2 ** 22 + 1, "/nowhere/cluster")).toBe(false);
  });
});

describe("the account that PostgreSQL runs as", () => {
  const passwd = "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\nbroken\n";

  test("is found by its name", () => {
    expect(accountIn(passwd, "postgres")).toEqual({ uid: 101, gid: 104 });
  });

  test.each(["nobody", "broken", "post", ""])("is not made up: %j", (name) => {
    expect(accountIn(passwd, name)).toBeNull();
  });
});
