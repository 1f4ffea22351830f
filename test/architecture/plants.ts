type Tree = Readonly<Record<string, string>>;

const PACKAGE = (name: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js" }),
  [`node_modules/${name}/index.js`]: "export const planted = 1;",
});
const A = "export const a = 1;\nexport type A = number;";
const imports = (from: string) => `import { a } from "${from}";\nexport const b = a;`;
const importsType = (from: string) => `import type { A } from "${from}";\nexport type B = A;`;
const importsLater = (from: string) => `export const b = () => import("${from}");`;
const reExports = (from: string) => `export { a } from "${from}";`;

/** Trees that differ in how one file imports another. */
const ways = (from: string, by: string, rest: Tree, ...how: readonly ((from: string) => string)[]): Tree[] =>
  how.map((write) => ({ ...rest, [by]: write(from) }));

/** What a rule of lib must not reach, a file or package of each kind. */
const OUTSIDE: readonly (readonly [string, Tree])[] = [
  ["#lib/users/queries", { "lib/users/queries.ts": A }],
  ["#lib/users/queries-managed", { "lib/users/queries-managed.ts": A }],
  ["#lib/users/commands/create", { "lib/users/commands/create.ts": A }],
  ["#lib/users/store", { "lib/users/store.ts": A }],
  ["#lib/users/store-names", { "lib/users/store-names.ts": A }],
  ["#lib/db/client", { "lib/db/client.ts": A }],
  ["#lib/auth/session-viewer", { "lib/auth/session-viewer.ts": A }],
  ["#lib/keys/ring", { "lib/keys/ring.ts": A }],
  ["#lib/commands/execute", { "lib/commands/execute.ts": A }],
  ["#lib/propagation/enforcement", { "lib/propagation/enforcement.ts": A }],
  ["#lib/audit/record", { "lib/audit/record.ts": A }],
  ["#lib/settings/installation", { "lib/settings/installation.ts": A }],
  ["#lib/verification/facts/cache", { "lib/verification/facts/cache.ts": A }],
  ["#lib/verification/propagation/pull", { "lib/verification/propagation/pull.ts": A }],
  ["#lib/verification/recorder/batch", { "lib/verification/recorder/batch.ts": A }],
  ["#lib/env", { "lib/env.ts": A }],
  ["#lib/clock", { "lib/clock.ts": A }],
  ["#lib/log", { "lib/log.ts": A }],
  ["pg", PACKAGE("pg")],
  ["@prisma/client", PACKAGE("@prisma/client")],
  ["react", PACKAGE("react")],
  ...["node:fs", "fs", "node:fs/promises", "node:child_process", "node:timers", "node:https"].map(
    (name) => [name, {}] as const,
  ),
];

/** For every rule of .dependency-cruiser.cjs small trees that break it, indirectly where the rule must see through. */
export const PLANTS: Readonly<Record<string, readonly Tree[]>> = {
  "no-cycles": [
    {
      "lib/tokens/secret.ts": 'import { b } from "./digest";\nexport const a = () => b;',
      "lib/tokens/digest.ts": 'import { a } from "./secret";\nexport const b = () => a;',
    },
  ],
  "nothing-unresolved": ways("#lib/tokens/nowhere", "lib/tokens/secret.ts", {}, imports, importsType, importsLater),
  "verifier-stays-lean": [
    ...["next-auth", "next", "react", "react-dom", "@prisma/client"].flatMap((name) =>
      ways(
        name,
        "server/listener.ts",
        { ...PACKAGE(name), "server/verifier.ts": imports("./listener") },
        imports,
        importsLater,
      ),
    ),
    { "server/verifier.ts": imports("#lib/db/generated/client"), "lib/db/generated/client.ts": A },
  ],
  "pure-files-do-no-io": OUTSIDE.flatMap(([from, rest]) =>
    ways(from, "lib/tokens/token.ts", rest, imports, importsType, importsLater, reExports),
  ),
  "rules-in-shells-do-no-io": ways(
    "#lib/db/client",
    "lib/auth/password-rules.ts",
    { "lib/db/client.ts": A },
    imports,
    importsType,
  ),
  "pure-files-open-no-socket": ways("node:net", "lib/tokens/token.ts", {}, imports, importsLater),
  "viewers-are-made-by-auth": ["app/page.tsx", "lib/tokens/queries.ts", "server/portal.ts", "cli/verb.ts"].flatMap(
    (by) => ways("#lib/auth/actors", by, { "lib/auth/actors.ts": A }, imports, importsLater, reExports),
  ),
  "nouns-do-not-reach-into-nouns": ways(
    "#lib/users/queries",
    "lib/tokens/commands/create.ts",
    { "lib/users/queries.ts": A },
    imports,
    importsType,
    importsLater,
    reExports,
  ),
  "lib-knows-no-ui": [
    ...ways("react", "lib/tokens/queries.ts", PACKAGE("react"), imports, importsType, importsLater),
    ...ways("../../components/list", "lib/tokens/queries.ts", { "components/list.tsx": A }, imports, importsType),
  ],
  "components-fetch-nothing": [
    ...ways(
      "#lib/tokens/queries",
      "components/list.tsx",
      { "lib/tokens/queries.ts": A },
      imports,
      importsLater,
      reExports,
    ),
    ...ways("#lib/tokens/store", "components/list.tsx", { "lib/tokens/store.ts": A }, imports),
    ...ways("#lib/auth/request-actor", "components/list.tsx", { "lib/auth/request-actor.ts": A }, imports),
  ],
  "app-asks-queries": [
    ...ways("#lib/db/client", "app/page.tsx", { "lib/db/client.ts": A }, imports, importsType, importsLater, reExports),
    ...ways("#lib/tokens/store", "app/page.tsx", { "lib/tokens/store.ts": A }, imports, importsType),
  ],
  "only-execute-writes-audit": ways(
    "#lib/audit/record",
    "lib/tokens/commands/revoke.ts",
    { "lib/audit/record.ts": A },
    imports,
    importsLater,
    reExports,
  ),
  "entrances-stay-apart": ways(
    "../server/up",
    "cli/main.ts",
    { "server/up.ts": A },
    imports,
    importsType,
    importsLater,
  ),
  "nothing-ships-tests": ways(
    "../../test/database",
    "lib/tokens/secret.ts",
    { "test/database.ts": A },
    imports,
    importsType,
    importsLater,
  ),
};
