import { describe, expect, test } from "vitest";
import { byGateway, type GatewayFacts } from "./by-gateway";

const GATEWAY = {
  adapter: "forward",
  applications: ["jira", "wiki"],
  peers: ["10.0.0.0/24"],
  trustedHops: 0,
  trustedRanges: [],
} as const;
const HEARD: GatewayFacts = {
  lastAddress: "10.0.0.7",
  questions: new Map([
    ["jira", 40],
    ["wiki", 2],
    ["", 1],
  ]),
};
const SILENT: GatewayFacts = { lastAddress: null, questions: new Map() };
const judge = (changes: object, facts = HEARD, before: object = {}) =>
  byGateway({ ...GATEWAY, ...before }, { ...GATEWAY, ...before, ...changes }, facts);

describe("a change of a gateway", () => {
  test("that changes nothing turns nobody away, and asks nothing", () => {
    expect(judge({})).toEqual({ losses: [], unknown: [] });
  });

  test("to peers without its last address turns everybody behind it away", () => {
    const { losses, unknown } = judge({ peers: ["10.0.1.0/24"] });
    expect(losses).toEqual([
      { count: null, what: expect.stringContaining("10.0.0.7"), examples: ["jira", "wiki"], more: false },
    ]);
    expect(unknown).toEqual([expect.stringContaining("Only the address of its last call is kept")]);
  });

  test("to peers that still hold its last address does not, though others may call too", () => {
    const { losses, unknown } = judge({ peers: ["10.0.0.7/32"] });
    expect([losses, unknown.length]).toEqual([[], 1]);
  });

  test("to no peers leaves this machine alone: loopback and the socket, nothing else", () => {
    expect(judge({ peers: [] }).losses).toHaveLength(1);
    const local = { ...HEARD, lastAddress: "127.0.0.1" };
    expect(judge({ peers: [] }, local, { peers: ["127.0.0.0/8"] }).losses).toEqual([]);
    const socket = { ...HEARD, lastAddress: "local" };
    expect(judge({ peers: ["10.0.0.0/24"] }, socket, { peers: [] }).losses).toHaveLength(1);
  });

  test("that takes an application away counts the questions about it", () => {
    const { losses } = judge({ applications: ["wiki"] });
    expect(losses).toEqual([
      { count: 40, what: expect.stringContaining("may no longer ask"), examples: ["jira"], more: false },
    ]);
  });

  test("that takes one question away says so in the singular", () => {
    expect(judge({ applications: ["wiki"] }, { ...HEARD, questions: new Map([["jira", 1]]) }).losses).toMatchObject([
      { what: expect.stringMatching(/^question was about/) },
    ]);
    expect(judge({ adapter: "envoy" }, { ...HEARD, questions: new Map([["jira", 1]]) }).losses).toMatchObject([
      { what: expect.stringMatching(/^question came/) },
    ]);
  });

  test("to more peers turns nobody away, and asks nothing", () => {
    expect(judge({ peers: ["10.0.0.0/24", "10.7.0.0/16"] })).toEqual({ losses: [], unknown: [] });
    expect(judge({ peers: ["10.0.0.0/8"] })).toEqual({ losses: [], unknown: [] });
  });

  test("to another way of asking counts all its questions", () => {
    expect(judge({ adapter: "envoy" }).losses).toEqual([expect.objectContaining({ count: 43 })]);
  });

  test("of whom it trusts is not to be foretold, and is said so", () => {
    const { losses, unknown } = judge({ trustedHops: 1, trustedRanges: ["10.9.0.0/16"] });
    expect([losses, unknown]).toEqual([[], [expect.stringContaining("Through which proxies")]]);
  });

  test("that has not called in that time turns nobody away", () => {
    const all = { peers: [], applications: [], adapter: "envoy", trustedHops: 2 };
    expect(judge(all, SILENT)).toEqual({ losses: [], unknown: [] });
  });
});
