import { freePort } from "#server/free-port";
import { type Cores, ourProgram } from "./command";
import type { Installed } from "./installed";
import { type Subject, startSubject, upAt } from "./subject";

/** A verifier of an installation, and how it is asked. */
export type Ours = Pick<Installed, "headers" | "path" | "secrets"> & {
  readonly subject: Subject;
  /** One of the numbers of its metrics. */
  readonly metric: (name: string) => Promise<number>;
};

export type Starting = {
  readonly name?: string;
  /** A verifier of `bench/programs` in place of ours. */
  readonly program?: string;
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cores?: Cores;
};

/** Starts a verifier and waits until it can decide everything. */
export async function startVerifier(installed: Installed, starting: Starting = {}): Promise<Ours> {
  const { name = "Latchkey", program, nodeOptions = [], env = {}, cores = "first" } = starting;
  const [port, management] = [await freePort(), await freePort()];
  const [node = "", file = ""] = ourProgram(
    ...(program === undefined ? ["verifier.mjs"] : ["bench", `${program}.mjs`]),
  );
  const subject = await startSubject(
    name,
    [node, ...nodeOptions, file],
    { ...installed.env, VERIFIER_PORT: String(port), MANAGEMENT_PORT: String(management), ...env },
    upAt(`http://127.0.0.1:${management}/readyz`, `http://127.0.0.1:${port}`),
    cores,
  );
  const { headers, path, secrets } = installed;
  return {
    subject,
    headers,
    path,
    secrets,
    metric: (name) => metricOf(`http://127.0.0.1:${management}/metrics`, name),
  };
}

/** The headers of a real allow, for the peers to send as well. */
export async function answerHeaders({ subject, headers, path, secrets }: Ours): Promise<string> {
  const answer = await fetch(`${subject.url}${path}`, { headers: { ...headers, "X-Api-Token": secrets[0] ?? "" } });
  if (answer.status !== 200) throw new Error(`Our verifier refuses: ${answer.status} ${await answer.text()}`);
  const own = new Set(["date", "connection", "keep-alive", "content-length", "transfer-encoding"]);
  return JSON.stringify(Object.fromEntries([...answer.headers].filter(([name]) => !own.has(name))));
}

async function metricOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(url)).text();
  return Number(new RegExp(`^latchkey_${name} (\\S+)$`, "m").exec(text)?.[1]);
}
