import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool } from "pg";
import { projectFolder } from "#server/project";
import { codeOf, messageOf } from "#server/start-failure";

const COMMITTED = "committed";

/** Run in the transaction of a migration's script: whoever finds the migration unfinished knows that it was applied. */
const MARK = `; UPDATE "_prisma_migrations" SET logs = '${COMMITTED}' WHERE finished_at IS NULL AND rolled_back_at IS NULL;`;

/**
 * For so long a script waits for a lock, and everybody else behind it: one that waits for whoever reads a table, as a
 * dump does for minutes, keeps all from it who come later, verifiers too. It steps back then, and tries again.
 */
const LOCK = "SET lock_timeout = '1s';\n";
const [LOCK_NOT_AVAILABLE, STEP_BACK_MS, MOST_ATTEMPTS] = ["55P03", 2_000, 600];

/**
 * Prisma's adapter splits scripts at every `;` and so fails at the first function body. This one sends a script as it
 * is, which PostgreSQL runs in one transaction, and says in the same transaction that it did.
 */
class WholeScripts extends PrismaPg {
  /** What PostgreSQL said about the last script: the engine knows only that something was wrong. */
  failure: unknown;

  constructor(
    private readonly pool: Pool,
    private readonly onWait: () => void,
  ) {
    super(pool);
  }

  override async connect() {
    const connection = await super.connect();
    connection.executeScript = async (script) => {
      try {
        await this.#run(script.includes('"_prisma_migrations"') ? script : `${LOCK}${script}\n${MARK}`);
      } catch (thrown) {
        this.failure = thrown;
        throw thrown;
      }
    };
    return connection;
  }

  /** A script is one transaction: of one that got no lock nothing is left. */
  async #run(script: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.pool.query(script);
        return;
      } catch (thrown) {
        if (codeOf(thrown) !== LOCK_NOT_AVAILABLE || attempt >= MOST_ATTEMPTS) throw thrown;
        if (attempt === 1) this.onWait();
        await pause(STEP_BACK_MS);
      }
    }
  }
}

let loaded = false;

/** Prisma's schema engine comes as WebAssembly, so that nothing is downloaded; its loader expects a bundler. */
function load(): void {
  if (loaded) return;
  const script = createRequire(join(projectFolder(), "package.json")).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const wasm = new WebAssembly.Module(readFileSync(join(dirname(script), "schema_engine_bg.wasm")));
  const { exports } = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": { ...glue } });
  glue.__wbg_set_wasm(exports);
  if (typeof exports.__wbindgen_start === "function") exports.__wbindgen_start();
  loaded = true;
}

/**
 * Runs something with Prisma's schema engine on a database.
 * @param onWait told once when a script has to wait for others to let go of a table
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: glue.SchemaEngine) => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  load();
  const pool = new Pool({ connectionString: url, max: 2, application_name: "latchkey-migrate" });
  const scripts = new WholeScripts(pool, onWait);
  const adapter = bindMigrationAwareSqlAdapterFactory(scripts);
  const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    return await work(engine);
  } catch (thrown) {
    const migration = messageOf(thrown).match(/migration_name="([^"]+)"/)?.[1];
    throw scripts.failure && migration ? new Error(`${migration}: ${messageOf(scripts.failure)}`) : thrown;
  } finally {
    engine.free();
    await pool.end();
  }
}

/**
 * A process killed in the middle of a migration leaves it unfinished, and Prisma then refuses to go on. Since a script
 * is one transaction, we know better: marked as committed it is applied, else nothing of it is there and it runs again.
 */
export const MEND_INTERRUPTED = `
  UPDATE "_prisma_migrations"
  SET finished_at = CASE WHEN logs = '${COMMITTED}' THEN now() END,
      applied_steps_count = CASE WHEN logs = '${COMMITTED}' THEN 1 ELSE 0 END,
      rolled_back_at = CASE WHEN logs = '${COMMITTED}' THEN NULL ELSE now() END
  WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
