const PACKAGE = (name: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js" }),
  [`node_modules/${name}/index.js`]: "export const planted = 1;",
});

/** For every rule of .dependency-cruiser.cjs a small tree that breaks it, indirectly where the rule must see through. */
export const PLANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no-cycles": {
    "lib/tokens/secret.ts": 'import { b } from "./digest";\nexport const a = () => b;',
    "lib/tokens/digest.ts": 'import { a } from "./secret";\nexport const b = () => a;',
  },
  "nothing-unresolved": { "lib/tokens/secret.ts": 'import { a } from "#lib/tokens/nowhere";\nexport const b = a;' },
  "verifier-stays-lean": {
    ...PACKAGE("next-auth"),
    "server/verifier.ts": 'import { a } from "./listener";\nexport const b = a;',
    "server/listener.ts": 'import { planted } from "next-auth";\nexport const a = planted;',
  },
  "pure-files-do-no-io": {
    "lib/tokens/token.ts": 'import { readFileSync } from "node:fs";\nexport const a = readFileSync;',
  },
  "nouns-do-not-reach-into-nouns": {
    "lib/users/queries.ts": "export const a = 1;",
    "lib/tokens/commands/create.ts": 'import { a } from "#lib/users/queries";\nexport const b = a;',
  },
  "lib-knows-no-ui": {
    ...PACKAGE("react"),
    "lib/tokens/filter.ts": 'import { planted } from "react";\nexport const a = planted;',
  },
  "components-fetch-nothing": {
    "lib/tokens/queries.ts": "export const a = 1;",
    "components/tokens/list.tsx": 'import { a } from "#lib/tokens/queries";\nexport const b = a;',
  },
  "app-asks-queries": {
    "lib/db/client.ts": "export const a = 1;",
    "app/tokens/page.tsx": 'import { a } from "#lib/db/client";\nexport default a;',
  },
  "only-execute-writes-audit": {
    "lib/audit/record.ts": "export const a = 1;",
    "lib/tokens/commands/revoke.ts": 'import { a } from "#lib/audit/record";\nexport const b = a;',
  },
  "only-shells-touch-the-database": {
    "lib/db/client.ts": "export const a = 1;",
    "lib/tokens/secret.ts": 'import { a } from "#lib/db/client";\nexport const b = a;',
  },
  "entrances-stay-apart": {
    "server/up.ts": "export const a = 1;",
    "cli/main.ts": 'import { a } from "../server/up";\nexport const b = a;',
  },
  "nothing-ships-tests": {
    "test/database.ts": "export const a = 1;",
    "lib/tokens/secret.ts": 'import { a } from "../../test/database";\nexport const b = a;',
  },
};
