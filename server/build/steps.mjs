// What has to be there before anything of ours can run, each with the inputs by which it is known to be current.
import { existsSync, readFileSync } from "node:fs";
import { hashOf } from "./inputs.mjs";
import { run } from "./run.mjs";

const PRODUCTION = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
const CONFIGURATION = ["package.json", "package-lock.json", "tsconfig.json"];

/** npm's own note of what it installed names the same versions as the lock. */
function packagesAreThere() {
  const note = "node_modules/.package-lock.json";
  if (!existsSync(note)) return false;
  const has = JSON.parse(readFileSync(note, "utf8")).packages;
  const wants = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  return Object.entries(wants).every(
    ([path, { version, optional }]) => path === "" || optional || has[path]?.version === version,
  );
}

// Not `npm ci`: it refuses where a mirror serves no packages for other platforms. NODE_ENV=production would leave out
// the tools that build.
const install = () => {
  const args = ["install", "--include=dev", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  return npm?.endsWith("npm-cli.js")
    ? run("npm install", process.execPath, [npm, ...args])
    : run("npm install", "npm", args);
};

// `generate` never runs the engine, so that any file will do, and nothing is downloaded.
const generate = () =>
  run("prisma generate", process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  });

/** What is bundled, by the name it has in dist. */
const PROGRAMS = {
  up: "server/up.ts",
  demo: "server/demo.ts",
  portal: "server/portal.ts",
  verifier: "server/verifier.ts",
  "lone-verifier": "server/verifier/lone.ts",
  "apply-migrations": "server/database/apply-migrations.ts",
  "write-migration": "server/database/write-migration.ts",
  latchkey: "cli/latchkey.ts",
  bench: "bench/bench.ts",
};

async function bundle() {
  const { build, stop } = await import("esbuild");
  await build({
    entryPoints: PROGRAMS,
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  await stop(); // its own process, which would otherwise stay as long as ours
}

const nextBuild = () => run("next build", process.execPath, ["node_modules/next/dist/bin/next", "build"], PRODUCTION);

/** In their order. `stamp()` names the inputs of today; a step is repeated when it differs from that of the last time. */
export const STEPS = {
  packages: {
    sentence: "Installing packages (half a minute, once)",
    there: packagesAreThere,
    make: install,
  },
  client: {
    sentence: "Generating the database client",
    stamp: () => hashOf("prisma/schema.prisma", "prisma.config.ts", "package-lock.json"),
    there: () => existsSync("lib/db/generated/client.ts"),
    make: generate,
  },
  programs: {
    sentence: "Bundling the programs",
    stamp: () => hashOf("server", "cli", "lib", "bench", "prisma/schema.prisma", ...CONFIGURATION),
    there: () => existsSync("dist/up.mjs"),
    make: bundle,
  },
  pages: {
    sentence: "Building the portal's pages (a minute or less, once)",
    stamp: () =>
      hashOf(
        "app",
        "components",
        "lib",
        "public",
        "docs",
        "gateways",
        "prisma/schema.prisma",
        "next.config.js",
        "postcss.config.mjs",
        ...CONFIGURATION,
      ),
    there: () => existsSync(".next/BUILD_ID"),
    make: nextBuild,
  },
};
