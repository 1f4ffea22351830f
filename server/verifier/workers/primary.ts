import cluster from "node:cluster";
import type { Configuration } from "#lib/env";
import { clearSocket } from "#server/binding";
import { endInOrder } from "#server/ending";
import { freePort } from "#server/free-port";
import type { Listener } from "#server/listener";
import { waitFor } from "#server/wait";
import { announceListening, announceReady } from "../announce";
import { listenForManagement } from "../management";
import { managementOfAll } from "./gathered";
import { type KeptWorker, keepWorker } from "./kept-worker";

const LOOK_MS = 100;

/** The same ports for all, and for those who come later: 0 would be another one each time. */
async function portsOf({ verifier, grpcPort }: Configuration): Promise<Readonly<Record<string, string>>> {
  return {
    VERIFIER_PORT: String(verifier.port || (await freePort())),
    GRPC_PORT: String(grpcPort || (await freePort())),
  };
}

async function clearSockets({ verifier: { bind } }: Configuration): Promise<void> {
  if (bind.startsWith("unix:")) for (const name of ["verifier", "grpc"]) await clearSocket({ bind, name });
}

/** Everybody knows the installation. */
async function areSettled(workers: readonly KeptWorker[]): Promise<true | undefined> {
  const states = await Promise.all(workers.map((each) => each.state()));
  const whys = states.map((state) => (state === null ? "worker_away" : state.standing.why));
  return whys.every((why) => why === null || why === "quarantined") || undefined;
}

/**
 * Several processes of one verifier. This one listens and deals connections out in turn (node:cluster), starts again who
 * dies, and answers for all to who looks after them; it verifies nothing. Workers end with it.
 * @param program the file that a worker runs
 */
export async function holdWorkers(settings: Configuration, program: string): Promise<void> {
  const workers: KeptWorker[] = [];
  let management: Listener | undefined;
  let ending = false;
  const stop = async (lameDuckMs: number) => {
    ending = true;
    await Promise.all(workers.map((each) => each.stop(lameDuckMs)));
    await management?.close(0);
  };
  endInOrder({ stop, atOnce: () => workers.map((each) => each.kill()) });
  if (settings.verifierTls !== null) process.on("SIGHUP", () => workers.map((each) => each.signal("SIGHUP")));
  cluster.setupPrimary({ exec: program, args: [], serialization: "advanced" });
  try {
    const looked = managementOfAll(workers, settings.verifierWorkers, () => ending);
    management = await listenForManagement(settings.management, looked);
    await clearSockets(settings);
    const ports = await portsOf(settings);
    const begin = () => {
      const worker = keepWorker(workers.length + 1, ports);
      workers.push(worker);
      return worker.ready;
    };
    const addresses = { ...(await begin()), management: management.address }; // what keeps one from starting is said once
    const others = ending ? 0 : settings.verifierWorkers - 1;
    await Promise.all(Array.from({ length: others }, begin));
    announceListening(settings, addresses, { workers: workers.length });
    await waitFor(async () => ending || (await areSettled(workers)), Number.POSITIVE_INFINITY, LOOK_MS);
    if (!ending) announceReady(addresses);
  } catch (thrown) {
    if (ending) return; // told to end while still starting
    await stop(0);
    throw thrown;
  }
}
