import { describe, expect, test } from "vitest";
import type { Subject } from "../decision";
import { PathTallies } from "./path-tallies";
import { Variety } from "./variety";

const SUBJECT: Subject = {
  ...{ gatewayKey: "gw1", applicationKey: "jira", clientAddress: "192.0.2.7", auth: "token", claimedName: null },
  ...{ tokenId: "t1", ownerId: "u1", method: "GET", path: "/a%2Fb", access: "read", observed: false },
  observedRules: ["enc_slash"],
};
const bounds = (each: number, most: number) => ({ variety: new Variety(each), most, many: "(many)" });

describe("requests that filter rules recognised", () => {
  test("are one for each application, rule and sender, with the last that was asked", () => {
    const tallies = new PathTallies();
    const within = bounds(50, 50);
    for (const [at, some] of [
      [1, {}],
      [2, { path: "/c%2Fd", method: "POST" }],
      [3, { tokenId: "t2" }],
      [4, { tokenId: null, auth: "none" }],
      [5, { applicationKey: "wiki" }],
      [6, { observedRules: ["semicolon"] }],
    ] as const)
      expect(tallies.add({ ...SUBJECT, ...some }, at, within)).toBe(0);
    const all = [...tallies.all.values()];
    expect(all).toHaveLength(5);
    expect(all[0]).toMatchObject({ firstAt: 1, lastAt: 2, calls: 2, lastMethod: "POST", lastPath: "/c%2Fd" });
    expect(all.map(({ tokenId, auth }) => [auth, tokenId])).toContainEqual(["none", ""]);
  });

  test("are one of each rule where several recognised one", () => {
    const tallies = new PathTallies();
    const both: Subject = { ...SUBJECT, observedRules: ["enc_slash", "semicolon"] };
    expect(tallies.add(both, 1, bounds(50, 50))).toBe(0);
    expect(tallies.add(SUBJECT, 2, bounds(50, 50))).toBe(0);
    expect([...tallies.all.values()].map(({ rule, calls }) => [rule, calls])).toEqual([
      ["enc_slash", 2],
      ["semicolon", 1],
    ]);
    expect(new PathTallies().add(both, 1, bounds(50, 1))).toBe(1);
  });

  test("of more tokens than anybody reads are lumped together, and still counted", () => {
    const tallies = new PathTallies();
    const within = bounds(2, 50);
    for (let i = 0; i < 9; i += 1) tallies.add({ ...SUBJECT, tokenId: `t${i}` }, i, within);
    const all = [...tallies.all.values()];
    expect(all.map(({ tokenId, calls }) => [tokenId, calls])).toEqual([
      ["t0", 1],
      ["t1", 1],
      ["(many)", 7],
    ]);
  });

  test("are dropped, and said to be, where there is no room; what is known goes on", () => {
    const tallies = new PathTallies();
    const within = bounds(50, 1);
    expect(tallies.add(SUBJECT, 1, within)).toBe(0);
    expect(tallies.add({ ...SUBJECT, tokenId: "t2" }, 2, within)).toBe(1);
    expect(tallies.add(SUBJECT, 3, within)).toBe(0);
    expect([...tallies.all.values()].map(({ calls }) => calls)).toEqual([2]);
  });

  test("are none where nothing was recognised, or nobody knows whose", () => {
    const tallies = new PathTallies();
    for (const nothing of [{ observedRules: [] }, { applicationKey: null }, { auth: null }])
      expect(tallies.add({ ...SUBJECT, ...nothing }, 1, bounds(50, 50))).toBe(0);
    expect(tallies.all.size).toBe(0);
  });
});
