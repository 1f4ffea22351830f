// Dependency direction (docs/architecture.md), checked by test/architecture.test.ts, which also plants one violation of
// every rule here to see that it bites. `comment` is what the one who broke the rule reads.

const TEST = "\\.test\\.tsx?$|^test/|^e2e/|^bench/";
/** Functions that talk to the database for one noun. */
const DATABASE_SIDE = "^lib/[^/]+/(commands/|queries)";
/** How a noun's rows are selected, locked and narrowed to who may see them: shared by commands and queries. */
const STORE = "^lib/[^/]+/store[a-z-]*\\.ts$";
const UI_PACKAGES =
  "(^|node_modules/)(next|react|react-dom|radix-ui|@radix-ui|lucide-react|sonner|recharts|cmdk|nuqs|geist)(/|$)";
const DATABASE_PACKAGES = "(^|node_modules/)(pg|@prisma)(/|$)";
const IO = "^(node:)?(fs|net|http|https|http2|tls|dns|dgram|child_process|cluster|worker_threads)(/|$)";
/** Types and rules: the file named after the noun, and everything that decides. */
const PURE = [
  "^lib/(tokens/token|users/user|groups/group|delegations/delegation|networks/network|applications/application)\\.ts$",
  "^lib/(gateways/gateway|sessions/session|requests/request|settings/setting|audit/(event|describe|chain))\\.ts$",
  "^lib/(policies|errors)/[^/]+\\.ts$",
  "^lib/access/can\\.ts$",
  "^lib/verification/(adapters/|reads/|checks|reason|request|credential|path|decision|decide|explain)",
];

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one thing, or lack a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-unresolved",
      comment: "An import that cannot be found would hide everything behind it from these rules.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "(^|/)dist/" },
    },
    {
      name: "verifier-stays-lean",
      comment:
        "The data plane never reaches Next, React, next-auth or Prisma: it must be small, fast and not theirs to break.",
      severity: "error",
      from: { path: "^server/verifier\\.ts$" },
      to: {
        path: "(^|node_modules/)(next|react|react-dom|next-auth|@prisma|server-only)(/|$)|^lib/db/generated/|^(app|components)/",
        reachable: true,
      },
    },
    {
      name: "pure-files-do-no-io",
      comment:
        "What decides takes facts and returns values; reading and writing is for commands, queries and the named shells.",
      severity: "error",
      from: { path: PURE, pathNot: ["queries\\.ts$", STORE, TEST] },
      to: { path: [IO, DATABASE_PACKAGES, UI_PACKAGES, DATABASE_SIDE, STORE, "^lib/db/"] },
    },
    {
      name: "nouns-do-not-reach-into-nouns",
      comment:
        "A noun's folder does not import another noun's commands or queries: put what both need into a pure file.",
      severity: "error",
      // lib/auth is no noun: signing in and out are commands that next-auth calls.
      from: { path: "^lib/([^/]+)/", pathNot: ["^lib/auth/", TEST] },
      to: { path: DATABASE_SIDE, pathNot: "^lib/$1/" },
    },
    {
      name: "lib-knows-no-ui",
      comment: "Everything that decides must work without a browser, a page or a process around it.",
      severity: "error",
      from: { path: "^lib/", pathNot: TEST },
      to: { path: ["^(app|components|server|cli)/", UI_PACKAGES] },
    },
    {
      name: "components-fetch-nothing",
      comment:
        "Props in, markup out. The page asks the queries and hands over what they return (its type may be imported).",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: {
        path: [DATABASE_SIDE, STORE, "^lib/(db|auth|jobs)/", DATABASE_PACKAGES, IO, "^(app|server|cli)/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "app-asks-queries",
      comment: "Pages and routes never see the database: they call commands and queries, which know who is asking.",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: { path: ["^lib/db/", STORE, DATABASE_PACKAGES, "^(server|cli)/"] },
    },
    {
      name: "only-execute-writes-audit",
      comment: "A change and its audit row are one transaction, and only `execute` makes those.",
      severity: "error",
      from: { pathNot: ["^lib/commands/execute\\.ts$", "^lib/audit/", TEST] },
      to: { path: "^lib/audit/record\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-shells-touch-the-database",
      comment: "Besides commands and queries only the named shells hold a connection.",
      severity: "error",
      from: {
        path: "^lib/",
        pathNot: [
          DATABASE_SIDE,
          STORE,
          "^lib/(db|jobs|auth|keys|sessions|propagation)/",
          "^lib/commands/",
          "^lib/audit/(record|queries)",
          "^lib/verification/(facts|recorder)",
          TEST,
        ],
      },
      to: { path: ["^lib/db/", DATABASE_PACKAGES], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "entrances-stay-apart",
      comment:
        "app, server and cli are three doors into the same house; what two of them need is in lib (or is the build itself, or opening the installation).",
      severity: "error",
      from: { path: "^(app|cli)/", pathNot: TEST },
      to: { path: "^(app|server|cli)/", pathNot: ["^$1/", "^server/(build/|(installation|start-failure)\\.ts$)"] },
    },
    {
      name: "nothing-ships-tests",
      comment: "Code that runs in production does not import what tests share.",
      severity: "error",
      from: { path: "^(app|server|cli|components|lib)/", pathNot: TEST },
      to: { path: "^(test|e2e|bench)/|\\.test\\.tsx?$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^lib/db/generated/" },
    exclude: { path: "\\.css$" },
    // Type-only imports count, unless a rule says otherwise.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
