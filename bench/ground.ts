import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type EmbeddedDatabase, openEmbedded } from "#server/postgres/embedded";
import { projectFolder } from "#server/project";
import { openCrowd } from "./crowd";
import { type Installed, install, installOnce } from "./installed";
import { makeTraffic, type Traffic } from "./load";
import { type Ours, type Starting, startVerifier } from "./ours";
import { say } from "./report";
import type { Row } from "./table";

/** What a part of the benchmark stands on. Whatever it starts here ends at the latest with the part. */
export type Ground = {
  readonly folder: string;
  readonly database: EmbeddedDatabase;
  readonly installed: Installed;
  readonly verifier: (starting?: Starting) => Promise<Ours>;
  /** Questions with these secrets in turn. */
  readonly traffic: (name: string, secrets: readonly string[], path?: string) => Traffic;
  /** Says what is to be ended, last things first. */
  readonly ending: (end: () => Promise<void>) => void;
};

/** One part of the benchmark: measures, and tells its rows. */
export type Part = (ground: Ground) => Promise<readonly Row[]>;

/** More than the verifier keeps, so that asked in turn none is ever in memory. */
export const TOKENS = Number(process.env.BENCH_TOKENS ?? 250_000);
/** Of the tokens in a crowd those whose secrets are known. */
const KNOWN = 50_000;

/** What parts stand on, for as long as they do: an installation, and a folder for what they write. */
type Place = Pick<Ground, "folder" | "database" | "installed">;

/**
 * Measures these parts one after the other, and takes away what was made for it.
 * @param crowd in the crowd of BENCH_FOLDER, or in one that is made for it; otherwise in an installation of its own
 */
export async function onGround(parts: readonly Part[], crowd: boolean): Promise<Row[]> {
  if (parts.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  chmodSync(folder, 0o711);
  try {
    await bundlePrograms();
    return await (crowd ? inCrowd : byItself)(folder, async (place) => {
      const rows: Row[] = [];
      for (const part of parts) {
        const one = measured(part, place);
        rows.push(...(await (parts.length === 1 ? one : one.catch(toldOf(part)))));
      }
      return rows;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A part that cannot be measured here, without a browser say, takes nothing away from the others. */
const toldOf =
  (part: Part) =>
  (error: unknown): Row[] => {
    console.error(error);
    return [{ what: `${part.name} could not be done`, value: Number.NaN, bar: null, unit: "", better: "more" }];
  };

type Use = (place: Place) => Promise<Row[]>;

async function byItself(folder: string, use: Use): Promise<Row[]> {
  say(`Starting PostgreSQL, and making ${TOKENS} tokens`);
  const database = await openEmbedded(join(folder, "postgres"), { settings: ["shared_buffers=256MB"] });
  try {
    return await use({ folder, database, installed: await install(folder, database, TOKENS) });
  } finally {
    await database.close();
  }
}

async function inCrowd(folder: string, use: Use): Promise<Row[]> {
  const { folder: home, database, close } = await openCrowd();
  try {
    return await use({ folder, database, installed: await installOnce(home, database, KNOWN) });
  } finally {
    await close();
  }
}

/** Measures one part, and ends what it started. */
export async function measured(part: Part, place: Place): Promise<readonly Row[]> {
  const ending: (() => Promise<void>)[] = [];
  const { folder, installed } = place;
  try {
    return await part({
      ...place,
      verifier: async (starting) => {
        const ours = await startVerifier(installed, starting);
        ending.push(() => ours.subject.stop());
        return ours;
      },
      traffic: (name, secrets, path = installed.path) => makeTraffic(folder, name, secrets, installed.headers, path),
      ending: (end) => ending.push(end),
    });
  } finally {
    for (const end of ending.reverse()) await end();
  }
}

/** Our peers, and programs that are of ours but for one thing. */
export async function bundlePrograms(): Promise<void> {
  const bench = join(projectFolder(), "bench");
  const sources = ["peers", "programs"].flatMap((folder) =>
    readdirSync(join(bench, folder))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(bench, folder, name)),
  );
  await build({
    entryPoints: sources,
    entryNames: "[name]",
    outdir: join(projectFolder(), "dist", "bench"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
  });
}
