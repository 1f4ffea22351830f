import { describe, expect, test } from "vitest";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import { waysTo } from "#lib/tokens/rights/way";
import { limits } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { layOut } from "../installation";
import { readInstallation } from "./installation";
import type { InstallationFacts } from "./model";

type Records = Record<string, unknown>;

const settings = (some: Records = {}): Records => ({
  boundUrl: "https://latchkey.corp",
  ranges: [],
  persons: null,
  serviceAccounts: null,
  tokenPrefix: "lk",
  retiredPrefixes: [],
  ...{ ownerRate: null, failureRate: null },
  quarantined: false,
  ...some,
});
const policy = (some: Records = {}): Records => ({
  id: "p1",
  name: "Everyone",
  priority: 10,
  everyone: true,
  serviceAccounts: false,
  groupIds: [],
  use: true,
  create: "yes",
  selfRotate: false,
  own: limits(),
  ceiling: null,
  ...some,
});
const delegation = (some: Records = {}): Records => ({
  id: "d1",
  name: "Integrations",
  powers: ["issue"],
  everyone: true,
  serviceAccounts: true,
  groupIds: [],
  delegates: ["g1"],
  issue: limits(),
  showSecret: true,
  ...some,
});
const RULES = { password: "allow", foreignBearer: "allow", oauth1: "allow", otherScheme: "allow", none: "allow" };
const CREDENTIALS = { basic: true, bearer: true, header: null, query: null };
const application = (some: Records = {}): Records => ({
  id: "a1",
  key: "jira",
  name: "Jira",
  kind: "jira",
  routes: [{ host: "tools.corp", context: "/jira" }],
  rules: RULES,
  identity: "header",
  credentials: CREDENTIALS,
  usernames: { aliases: false, empty: false },
  exceptions: {},
  ...{ paths: [], readPacks: [], pathFilter: {}, webSocket: false, preflight: false },
  introspectRestricted: false,
  ...some,
});
const gateway = (some: Records = {}): Records => ({
  id: "w1",
  key: "gw1",
  adapter: "nginx",
  applications: ["jira"],
  peers: [],
  trustedHops: 0,
  trustedRanges: [],
  secretDigest: "ab".repeat(32),
  previousSecretDigest: null,
  previousUntil: null,
  ...some,
});

function read(some: Records = {}): { facts: InstallationFacts; said: string[] } {
  const said: string[] = [];
  const whole = {
    settings: [settings()],
    policies: [policy()],
    delegations: [delegation()],
    networks: [{ name: "office", ranges: ["192.0.2.0/24"] }],
    applications: [application()],
    gateways: [gateway()],
    keys: [],
    ...some,
  };
  const facts = readInstallation(whole, (record, where) => said.push(`${record}: ${where}`));
  if (facts === null) throw new Error("no installation");
  return { facts, said };
}

/** Whether a token of these facts may be used for jira at all. */
function passes(facts: InstallationFacts, grant: "tier" | "delegation" = "tier"): boolean {
  const made = tokenFacts({ grant: grant === "tier" ? { by: "tier" } : { by: "delegation", delegationId: "d1" } });
  const { use, ways } = effectiveAccess(made.token, made.owner, facts, 0);
  return use && waysTo(ways, "jira").length > 0;
}

test("what is whole is read whole, without a word", () => {
  const { facts, said } = read();
  expect(said).toEqual([]);
  expect(passes(facts)).toBe(true);
  expect(passes(facts, "delegation")).toBe(true);
  expect(facts.delegations.get("d1")).toMatchObject({ delegateGroupIds: ["g1"], scope: { everyone: true } });
  expect(facts.networks.get("office")?.ranges).toEqual(["192.0.2.0/24"]);
  expect(facts.gateways.get("gw1")?.applications).toEqual(["jira"]);
  expect(layOut(facts).gateways.has("gw1")).toBe(true);
});

test("what an application says of its requests is read as it was stored", () => {
  const said = {
    exceptions: { password: { users: ["Fred"], paths: [] }, none: { users: [], paths: ["/status"] } },
    ...{ readPacks: ["feeds"], pathFilter: { enc_slash: "observe", empty_segment: "block" } },
    ...{ webSocket: true, preflight: true },
  };
  const { facts, said: complaints } = read({ applications: [application(said)] });
  expect(complaints).toEqual([]);
  expect(facts.applications[0]).toMatchObject(said);
});

test("a database without settings is no installation yet", () => {
  const empty = { settings: [], policies: [], delegations: [], networks: [], applications: [], gateways: [], keys: [] };
  expect(readInstallation(empty, () => undefined)).toBeNull();
});

describe("what cannot be read grants nothing, is named, and lets nothing step in for it", () => {
  test.each([
    ["an unknown limit", { own: { ...limits(), onlyOnMondays: true } }],
    ["a missing limit", { own: { access: "write", applications: "all" } }],
    ["a wrong access", { own: limits({ access: "admin" as never }) }],
    ["an unknown ceiling", { ceiling: { onlyOnMondays: true } }],
    ["use that is no yes or no", { use: null }],
    ["an unknown approval", { own: limits({ approval: { whenOnHoliday: true } as never }) }],
    ["an unknown field", { onlyOnMondays: true }],
  ])("a policy with %s keeps its rank and refuses its members", (_what, broken) => {
    const lower = policy({ id: "p0", name: "Lower", priority: 1 });
    const { facts, said } = read({ policies: [policy(broken), lower] });
    expect(passes(facts)).toBe(false);
    expect(said).toEqual([expect.stringMatching(/^policy Everyone: /)]);
  });

  test.each([
    ["limits that say nothing", { issue: {} }],
    ["an unknown limit", { issue: { ...limits(), onlyOnMondays: true } }],
    ["an unknown field", { onlyOnMondays: true }],
  ])("a delegation with %s refuses what was issued under it", (_what, broken) => {
    const { facts, said } = read({ delegations: [delegation(broken)] });
    expect(passes(facts, "delegation")).toBe(false);
    expect(passes(facts)).toBe(true);
    expect(facts.delegations.get("d1")?.powers).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^delegation Integrations: /)]);
  });

  test.each([
    ["a rule left out", { rules: { password: "allow" } }],
    ["a path rule that this version does not know", { pathFilter: { on_mondays: "off" } }],
    ["a mode of a path rule that it does not know", { pathFilter: { web_inf: "ask" } }],
    ["a read pack that it does not know", { readPacks: ["everything"] }],
    ["an exception for a class that it does not know", { exceptions: { cookie: { users: [], paths: ["/x"] } } }],
    ["an exception that is narrower than it knows", { exceptions: { none: { users: [], paths: ["/x"], from: [] } } }],
    ["an exception that does not say all of it", { exceptions: { none: { paths: ["/x"] } } }],
    ["a WebSocket of which it is not said whether", { webSocket: null }],
    ["no word about preflights", { preflight: undefined }],
    ["an unknown kind", { kind: "wiki" }],
    ["an unknown identity", { identity: "pat" }],
    ["credentials that say nothing", { credentials: null }],
    ["a rule for a class that this version does not know", { rules: { ...RULES, cookie: "block" } }],
    ["a way to send credentials that it does not know", { credentials: { ...CREDENTIALS, body: null } }],
    ["a demand on usernames that it does not know", { usernames: { aliases: false, empty: false, exact: true } }],
    ["a route that is narrower than it knows", { routes: [{ host: "tools.corp", context: "/jira", port: 8443 }] }],
    ["an unknown field", { onlyOnMondays: true }],
  ])("an application with %s keeps its routes and blocks everything", (_what, broken) => {
    const whole = application({
      id: "a0",
      key: "tools",
      kind: "generic",
      routes: [{ host: "tools.corp", context: "" }],
    });
    const { facts, said } = read({ applications: [application(broken), whole] });
    const [jira] = facts.applications;
    expect(jira).toMatchObject({ key: "jira", routes: [{ host: "tools.corp", context: "/jira" }] });
    expect(new Set(Object.values(jira?.rules ?? {}))).toEqual(new Set(["block"]));
    expect(jira?.credentials).toEqual({ basic: false, bearer: false, header: null, query: null });
    expect(said).toEqual([expect.stringMatching(/^application jira: /)]);
  });

  test.each([
    ["a digest that is none", { secretDigest: "" }],
    ["hops that cannot be counted", { trustedHops: -1 }],
    ["a trusted range that is no text", { trustedRanges: [null] }],
    ["an unknown adapter", { adapter: "carrier-pigeon" }],
    ["an unknown field", { onlyOnMondays: true }],
  ])("a gateway with %s may ask nothing, the others may", (_what, broken) => {
    const { facts, said } = read({ gateways: [gateway(broken), gateway({ key: "gw2" })] });
    expect([...facts.gateways.keys()]).toEqual(["gw2"]);
    expect(said).toEqual([expect.stringMatching(/^gateway: /)]);
  });

  test("an assertion key that is not what was stored signs nothing, the others may", () => {
    const key = { kid: "assertion-1", state: "active", wrapped: "AA==", retiredAt: null };
    const { facts, said } = read({ keys: [{ ...key, state: "borrowed" }, { ...key, more: 1 }, key] });
    expect(facts.keys).toEqual([key]);
    expect(said).toHaveLength(2);
  });

  test("a network with a range that is no text is not there, so that whatever names it matches nothing", () => {
    const { facts } = read({ networks: [{ name: "office", ranges: [null] }] });
    expect(facts.networks.has("office")).toBe(false);
  });

  test.each([
    ["a ceiling", { persons: { maxLifetimeDays: "a year" } }],
    ["a range", { ranges: [null] }],
    ["a prefix", { tokenPrefix: "" }],
    ["a limit of a later version", { serviceAccounts: { onlyOnMondays: true } }],
    ["a field of a later version", { onlyOnMondays: true }],
  ])("settings with %s that cannot be read stop everything, as a quarantine does", (_what, broken) => {
    const { facts, said } = read({ settings: [settings(broken)] });
    expect(facts.settings.quarantined).toBe(true);
    expect(passes(facts)).toBe(false);
    expect(said).toEqual([expect.stringMatching(/^settings: /)]);
  });

  test("what is said never holds a value, which could be a secret", () => {
    const { said } = read({ gateways: [gateway({ secretDigest: "lk_hunter2hunter2hunter2" })] });
    expect(said.join()).not.toContain("hunter2");
  });

  test("a record that does not even say which one it is stops the loading: then nothing is allowed", () => {
    expect(() => read({ policies: [{ use: true }] })).toThrow();
    expect(() => read({ applications: "none" })).toThrow();
  });
});
