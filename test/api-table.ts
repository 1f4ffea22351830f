/** Things that the table's routes are about: ids of what the test has made. */
export type Ids = Readonly<Record<string, string>>;

/** What a route answers to whom. Statuses: nobody, a user without any role, an auditor, an administrator's read token, an administrator. */
export type Row = {
  readonly route: string;
  readonly method: string;
  readonly expected: readonly [nobody: number, user: number, auditor: number, readToken: number, admin: number];
  readonly params?: (ids: Ids) => Record<string, string>;
  readonly body?: (ids: Ids) => object;
};

type Expected = Row["expected"];

const LIMITS = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 1 };
const QUESTION = { gateway: "gw", method: "GET", uri: "/", host: "jira.test", proto: "https", clientIp: "192.0.2.1" };

/** Administrators and auditors read, nobody else. */
const READ: Expected = [401, 403, 200, 200, 200];
/** The same of one thing: who may not see it does not find it. */
const READ_ONE: Expected = [401, 404, 200, 200, 200];
/** Everybody signed in reads. */
const READ_ANY: Expected = [401, 200, 200, 200, 200];
/** Administrators make. */
const MAKE: Expected = [401, 403, 403, 403, 201];
/** Administrators change what others do not see. */
const CHANGE: Expected = [401, 404, 403, 403, 200];

const one = (name: string) => (ids: Ids) => ({ id: ids[name] ?? "" });
const get = (route: string, expected: Expected, params?: Row["params"]): Row => ({
  ...{ route, method: "GET", expected },
  ...(params && { params }),
});
const act = (method: string, route: string, expected: Expected, about: string, body: object = {}): Row => ({
  ...{ method, route, expected },
  params: one(about),
  body: () => body,
});
const make = (route: string, body: object): Row => ({ route, method: "POST", expected: MAKE, body: () => body });
/** Administrators and auditors ask and nothing changes; but a POST is no reading, so a token that reads may not. */
const ask = (route: string): Row => ({ route, method: "POST", expected: [401, 403, 200, 403, 200] });

/** Every route of the API with every method that it has. */
export const TABLE: readonly Row[] = [
  get("users", READ),
  make("users", { username: "new" }),
  get("users/[id]", READ_ONE, one("uma")),
  act("PATCH", "users/[id]", CHANGE, "uma", { version: 1, displayName: "Uma" }),
  act("DELETE", "users/[id]", CHANGE, "mistake"),
  get("users/[id]/deactivate", READ_ONE, one("leaver")),
  act("POST", "users/[id]/deactivate", CHANGE, "leaver"),
  act("POST", "users/[id]/reactivate", CHANGE, "leaver"),
  get("groups", READ),
  make("groups", { name: "new" }),
  get("groups/[id]", READ_ONE, one("group")),
  act("PATCH", "groups/[id]", CHANGE, "group", { version: 1, name: "renamed" }),
  act("DELETE", "groups/[id]", CHANGE, "spare"),
  get("groups/[id]/members", READ_ONE, one("group")),
  act("PUT", "groups/[id]/members", CHANGE, "group", { users: ["uma"] }),
  act("DELETE", "groups/[id]/members", CHANGE, "group", { users: ["uma"] }),
  get("policies", READ),
  make("policies", { name: "new", priority: 1, members: {} }),
  get("policies/[id]", READ_ONE, one("policy")),
  { ...ask("policies/preview"), body: (ids) => ({ change: "policy.delete", id: ids.spareTier }) },
  { ...ask("lockouts/preview"), body: () => ({ change: "settings.ranges", ranges: ["192.0.2.0/24"] }) },
  {
    ...ask("policies/simulate"),
    body: () => ({ user: "uma", action: "create", application: "jira", access: "read" }),
  },
  act("PATCH", "policies/[id]", CHANGE, "spareTier", { version: 1, name: "spare" }),
  act("POST", "policies/[id]/move", CHANGE, "spareTier", { version: 1, above: null }),
  act("DELETE", "policies/[id]", CHANGE, "spareTier", { version: 2 }),
  get("delegations", READ),
  make("delegations", { name: "new", delegates: [], powers: ["end"], scope: {}, issue: LIMITS }),
  get("delegations/[id]", READ_ONE, one("delegation")),
  act("PATCH", "delegations/[id]", CHANGE, "spareDelegation", { version: 1, name: "spare" }),
  act("DELETE", "delegations/[id]", CHANGE, "spareDelegation", { version: 1 }),
  get("networks", READ_ANY),
  make("networks", { name: "new", ranges: ["192.0.2.0/24"] }),
  get("networks/[id]", READ_ANY, one("network")),
  act("PATCH", "networks/[id]", [401, 403, 403, 403, 200], "network", { version: 1, ranges: ["192.0.2.0/24"] }),
  act("DELETE", "networks/[id]", [401, 403, 403, 403, 200], "network"),
  get("applications", READ_ANY),
  make("applications", { key: "new", name: "New", kind: "generic", routes: [{ host: "new.test" }] }),
  get("applications/[id]", READ_ANY, one("application")),
  act("PATCH", "applications/[id]", [401, 403, 403, 403, 200], "application", { version: 1, name: "Jira 2" }),
  act("DELETE", "applications/[id]", [401, 403, 403, 403, 200], "idle"),
  // Where nothing of its own is: nobody is asked anything by this test.
  act("POST", "admin/applications/[id]/probes", [401, 403, 403, 403, 422], "application", { url: "https://elsewhere" }),
  get("gateways", READ),
  make("gateways", { key: "new", adapter: "api", applications: [] }),
  get("gateways/[id]", READ_ONE, one("gateway")),
  act("PATCH", "gateways/[id]", CHANGE, "gateway", { version: 1, peers: ["192.0.2.7"] }),
  act("POST", "gateways/[id]/rotate-secret", CHANGE, "gateway"),
  act("DELETE", "gateways/[id]", CHANGE, "gateway"),
  get("keys", READ),
  get("quarantine", READ),
  { route: "quarantine/end", method: "POST", expected: [401, 403, 403, 403, 200], body: () => ({}) },
  get("settings", READ),
  { route: "settings", method: "PATCH", expected: [401, 403, 403, 403, 200], body: () => ({ version: 1 }) },
  get("tokens", READ_ANY),
  make("tokens", { name: "new", applications: ["jira"], access: "read" }),
  get("tokens/[id]", READ_ONE, one("token")),
  get("tokens/[id]/usage", READ_ONE, one("token")),
  act("PATCH", "tokens/[id]", [401, 404, 403, 403, 200], "token", { version: 1, name: "edited" }),
  act("PATCH", "tokens/[id]/waiver", [401, 404, 403, 403, 409], "token", { until: null }),
  act("POST", "tokens/[id]/suspend", CHANGE, "token"),
  act("POST", "tokens/[id]/resume", CHANGE, "token"),
  act("POST", "tokens/[id]/rotate", [401, 404, 403, 403, 201], "token"),
  act("POST", "tokens/[id]/revoke", CHANGE, "token"),
  // A token about itself: no cookie opens it.
  get("tokens/self", [401, 401, 401, 200, 401]),
  {
    route: "tokens/self/rotate",
    method: "POST",
    expected: [401, 401, 401, 403, 401],
    body: () => ({ overlap: "now" }),
  },
  get("admin/tokens", READ),
  {
    route: "admin/tokens/find",
    method: "POST",
    expected: [401, 403, 200, 403, 200],
    body: () => ({ secret: "unknown" }),
  },
  get("admin/tokens/export", READ),
  {
    route: "admin/tokens",
    method: "POST",
    expected: [401, 404, 403, 403, 201],
    body: ({ bot = "" }) => ({
      ...{ ownerId: bot, delegation: "Integrations", name: "new" },
      ...{ applications: ["jira"], access: "read" },
    }),
  },
  act("POST", "admin/tokens/[id]/claim", [401, 404, 403, 403, 403], "token"),
  { route: "claims", method: "POST", expected: [401, 404, 404, 403, 404], body: () => ({ code: "unknown-code" }) },
  { route: "leaks", method: "POST", expected: [200, 200, 200, 200, 200], body: () => ({ secrets: ["unknown"] }) },
  {
    route: "admin/tokens/bulk",
    method: "POST",
    expected: [401, 403, 403, 403, 202],
    body: ({ unknown = "" }) => ({ action: "resume", ids: [unknown], expected: 1 }),
  },
  get("operations/[id]", READ_ONE, one("operation")),
  get("views", READ_ANY),
  {
    route: "views",
    method: "POST",
    expected: [401, 201, 201, 403, 201],
    body: () => ({ name: "mine", query: "status=active" }),
  },
  {
    route: "views",
    method: "DELETE",
    expected: [401, 404, 404, 403, 404],
    body: ({ unknown = "" }) => ({ id: unknown }),
  },
  get("audit-events", READ),
  get("audit-events/[seq]", READ_ONE, () => ({ seq: "1" })),
  get("audit-events/export", READ),
  get("openapi.json", [200, 200, 200, 200, 200]),
  { route: "explain", method: "POST", expected: [401, 403, 200, 403, 200], body: () => ({ ...QUESTION, headers: {} }) },
  get("me", READ_ANY),
  { route: "me", method: "PATCH", expected: [401, 409, 409, 403, 409], body: () => ({ version: 999 }) },
  get("me/sessions", READ_ANY),
  { route: "me/sessions", method: "DELETE", expected: [401, 200, 200, 403, 200], body: () => ({}) },
  get("me/factors", [401, 200, 200, 403, 200]),
  { route: "me/factors/totp", method: "POST", expected: [401, 201, 201, 403, 201], body: () => ({}) },
  { route: "me/factors/passkeys", method: "POST", expected: [401, 422, 422, 403, 422], body: () => ({}) },
  { route: "me/factors/passkeys/options", method: "POST", expected: [401, 200, 200, 403, 200], body: () => ({}) },
  act("DELETE", "me/factors/[id]", [401, 404, 404, 403, 404], "unknown"),
  act("POST", "me/factors/[id]/confirm", [401, 404, 404, 403, 404], "unknown", { code: "123456" }),
  { route: "me/recovery-codes", method: "POST", expected: [401, 403, 403, 403, 403], body: () => ({}) },
  { route: "me/step-up/options", method: "POST", expected: [401, 200, 200, 403, 200], body: () => ({}) },
  {
    route: "sign-in/passkey",
    method: "POST",
    expected: [401, 403, 403, 403, 403],
    body: () => ({ username: "ann", password: "wrong" }),
  },
  act("POST", "users/[id]/reset-factors", [401, 404, 403, 403, 200], "leaver"),
  act("DELETE", "users/[id]/sessions", [401, 404, 403, 403, 200], "leaver"),
  {
    ...act("DELETE", "users/[id]/sessions/[session]", [401, 404, 404, 403, 404], "leaver"),
    params: ({ leaver = "", unknown = "" }) => ({ id: leaver, session: unknown }),
  },
  act("DELETE", "me/sessions/[id]", [401, 404, 404, 403, 404], "unknown"),
  act("POST", "me/step-up", [401, 422, 422, 403, 422], "unknown", { password: "wrong" }),
  act("PUT", "me/password", [401, 422, 422, 403, 422], "unknown", { current: "wrong", new: "lamp ferry walnut orbit" }),
  {
    route: "setup",
    method: "POST",
    expected: [403, 403, 403, 403, 403],
    body: () => ({ code: "wrong", username: "x", password: "lamp ferry walnut orbit", audience: "group" }),
  },
  // Last: who came with a token here has none any more.
  { route: "tokens/self", method: "DELETE", expected: [401, 401, 401, 200, 401], body: () => ({}) },
];
