// Dependency direction (docs/architecture.md), checked by test/architecture/directions.test.ts, which plants violations
// of every rule here to see that it bites. `comment` is what the one who broke the rule reads.

const TEST = "\\.test\\.tsx?$|^test/|^e2e/|^bench/";
/** Functions that talk to the database for one noun. */
const DATABASE_SIDE = "^lib/[^/]+/(commands/|queries)";
/** How a noun's rows are selected, locked and narrowed to who may see them: shared by commands and queries. */
const STORE = "^lib/[^/]+/store[a-z-]*\\.ts$";
/** Makes viewers: whoever imports it says who is asking. */
const ACTORS = "^lib/auth/actors\\.ts$";
/** The house's own ways to the world outside: configuration, clock, log. */
const PROCESS = "^lib/(env|clock|log)\\.ts$";
/** All of lib that reads or writes; everything else in lib is pure. */
const SHELLS = [
  DATABASE_SIDE,
  STORE,
  PROCESS,
  "^lib/(auth|commands|db|jobs|keys|propagation)/",
  "^lib/(audit/record|settings/installation|journal/(files|here|keeper))\\.ts$",
  "^lib/verification/(facts|propagation|recorder)/",
];
/** In shells' folders, but rules: they are kept as pure as the rest of lib, which may use them. */
const RULES_IN_SHELLS = [
  "^lib/auth/(password-rules|cookie|peer-header)\\.ts$",
  "^lib/verification/facts/model\\.ts$",
  "^lib/keys/(key|sealed|life|view|events|assertion-key)\\.ts$",
  "^lib/commands/(rules|door)\\.ts$",
  "^lib/jobs/periods\\.ts$",
];
const UI_PACKAGES = "node_modules/(next|react|react-dom|radix-ui|@radix-ui|lucide-react|sonner|geist)/";
const DATABASE_PACKAGES = "node_modules/(pg|@prisma)/";
const IO = "^(fs|net|http|https|http2|tls|dns|dgram|child_process|cluster|worker_threads|timers)(/|$)";
/** What a rule must not reach. */
const OUTSIDE = { path: [...SHELLS, DATABASE_PACKAGES, UI_PACKAGES, IO], pathNot: [...RULES_IN_SHELLS, "^net$"] };

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
        path: "node_modules/(next|react|react-dom|next-auth|@prisma)/|^lib/db/generated/|^(app|components)/",
        reachable: true,
      },
    },
    {
      name: "pure-files-do-no-io",
      comment:
        "What decides takes facts and returns values, and names no database even in a type: reading and writing is for commands, queries, stores and the few other shells.",
      severity: "error",
      from: { path: "^lib/", pathNot: [...SHELLS, TEST] },
      to: OUTSIDE,
    },
    {
      name: "rules-in-shells-do-no-io",
      comment: "These stand in a shell's folder and are rules all the same: the pure part of lib uses them.",
      severity: "error",
      from: { path: RULES_IN_SHELLS },
      to: OUTSIDE,
    },
    {
      name: "pure-files-open-no-socket",
      comment: "Only reading addresses (isIP) needs node:net, and connects to nothing.",
      severity: "error",
      from: { path: "^lib/", pathNot: [...SHELLS, "^lib/networks/address\\.ts$", TEST] },
      to: { path: "^net$" },
    },
    {
      name: "viewers-are-made-by-auth",
      comment:
        "Who asks is said by lib/auth, by the operator's desk, by the start, by the journal and by the demo's story; everybody else is told.",
      severity: "error",
      from: {
        pathNot: [
          "^lib/auth/",
          "^cli/desk\\.ts$",
          "^server/(installation|portal/journal|demo/(stage|prepare))\\.ts$",
          TEST,
        ],
      },
      to: { path: ACTORS },
    },
    {
      name: "nouns-do-not-reach-into-nouns",
      comment:
        "A noun's folder does not import another noun's commands or queries: put what both need into a pure file.",
      severity: "error",
      // lib/auth is no noun: signing in and out are commands that next-auth calls. Nor is lib/jobs, which runs commands.
      from: { path: "^lib/([^/]+)/", pathNot: ["^lib/(auth|jobs)/", TEST] },
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
        path: [DATABASE_SIDE, STORE, "^lib/(db|auth)/", DATABASE_PACKAGES, IO, "^(app|server|cli)/"],
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
