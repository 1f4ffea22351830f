import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { projectFolder } from "#server/project";

/** A process of ours: what it has said so far, and how it ended. */
export type Program = {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly complained: () => string;
  /** The exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
};

export type TemporaryProject = {
  readonly folder: string;
  readonly run: (name: string, variables: Readonly<Record<string, string>>, args?: readonly string[]) => Program;
  /** Kills what still runs and removes the folder. */
  readonly discard: () => void;
};

/**
 * A clone of its own as far as running programs is concerned: bundles of these sources, today's packages and migrations.
 * @param programs name in dist → source file of this project, or `{ text }` of a program made up by the test
 */
export async function temporaryProject(
  programs: Readonly<Record<string, string | { readonly text: string }>>,
): Promise<TemporaryProject> {
  const root = projectFolder();
  const folder = mkdtempSync(join(tmpdir(), "latchkey-project-"));
  chmodSync(folder, 0o711);
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "temporary", type: "module" }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(root, "prisma"), join(folder, "prisma"));
  const running = new Set<ChildProcess>();
  for (const [name, source] of Object.entries(programs)) {
    await build({
      ...(typeof source === "string"
        ? { entryPoints: [join(root, source)] }
        : { stdin: { contents: source.text, resolveDir: root, loader: "ts" as const } }),
      outfile: join(folder, "dist", `${name}.mjs`),
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
    });
  }
  return {
    folder,
    run: (name, variables, args = []) => {
      const path = join(folder, "dist", `${name}.mjs`);
      const env = { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", TMPDIR: tmpdir(), ...variables };
      const child = spawn(process.execPath, [path, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
      running.add(child);
      const ended = new Promise<number | NodeJS.Signals>((resolve) => {
        child.once("exit", (code, signal) => {
          running.delete(child);
          resolve(code ?? signal ?? 1);
        });
      });
      return { process: child, said: kept(child.stdout), complained: kept(child.stderr), ended };
    },
    discard: () => {
      for (const child of running) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function kept(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  return () => text;
}
