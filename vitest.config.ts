import { defineConfig } from "vitest/config";
import { IN_THEIR_OWN_PROCESS } from "#test/own-process";

// Pure tests run in parallel, many in one process. Integration tests (*.int.test.ts) each clone a database of their own from one template.
export default defineConfig({
  test: {
    environment: "node",
    // Much of a test is waiting for PostgreSQL and for bcrypt: a core is not left for Vitest itself.
    maxWorkers: "100%",
    env: { TZ: "Australia/Lord_Howe" },
    // A bound for what hangs, not a judgement of speed: a busy machine is no reason to fail.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,server,cli,components,test,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.int.test.ts", ...IN_THEIR_OWN_PROCESS],
          isolate: false,
        },
      },
      { extends: true, test: { name: "in their own process", include: IN_THEIR_OWN_PROCESS } },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["{lib,server,cli,app,test}/**/*.int.test.ts"],
          globalSetup: ["./test/database-setup.ts"],
        },
      },
    ],
  },
});
