import { hostname } from "node:os";
import { type Configuration, configuration } from "#lib/env";
import { log } from "#lib/log";
import { isLoopback } from "#lib/networks/loopback";
import { Facts } from "#lib/verification/facts";
import { Recorder } from "#lib/verification/recorder";
import { atTheEdge } from "./edge";
import { endInOrder, tell } from "./ending";
import { type Listener, listen } from "./listener";
import { StartFailure } from "./start-failure";
import { answerManagement } from "./verifier-management";
import { peerReader } from "./verifier-peer";
import { RefusalLog } from "./verifier-refusal-log";
import { answerRequests } from "./verifier-requests";
import { waitFor } from "./wait";

const HEADER_LIMIT_BYTES = 64 * 1024;
const MANAGEMENT_HEADER_LIMIT_BYTES = 16 * 1024;

/** The verification data plane: answers gateways, knows nothing of pages. */
async function verifier(): Promise<void> {
  const settings = configuration();
  const { verifier: at, management: managedAt, boundSeconds } = settings;
  const url = databaseOf(settings);
  const listeners: Listener[] = [];
  const name = () => settings.verifierName ?? `${hostname()}:${listeners[0]?.port || "socket"}`;
  const facts = new Facts({ ...{ url, name, boundSeconds, log } });
  const recorder = new Recorder({ url, log });
  const decided = new Map<string, number>();
  let ending = false;

  endInOrder({
    stop: async (lameDuckMs) => {
      ending = true; // not ready at once, though still answering
      const [gateways, management] = listeners;
      await gateways?.close(lameDuckMs);
      await recorder.stop();
      await facts.stop();
      await management?.close(0);
    },
  });

  const peerOf = peerReader(at.bind.startsWith("unix:"));
  listeners.push(
    await listen({
      ...{ name: "verifier", bind: at.bind, port: at.port, portVariable: "VERIFIER_PORT" },
      ...{ maxHeaderBytes: HEADER_LIMIT_BYTES, ownExpectations: true },
      handle: answerRequests({ facts, recorder, decided, log, peerOf, refusals: new RefusalLog(log) }),
    }),
  );
  listeners.push(
    await listen({
      ...{ name: "management", bind: managedAt.bind, port: managedAt.port, portVariable: "MANAGEMENT_PORT" },
      maxHeaderBytes: MANAGEMENT_HEADER_LIMIT_BYTES,
      handle: answerManagement({ facts, recorder, decided, isEnding: () => ending }),
    }),
  );
  const addresses = { verifier: listeners[0]?.address ?? "", management: listeners[1]?.address ?? "" };
  if (!at.bind.startsWith("unix:") && !isLoopback(at.bind)) log.warn("verifier.plaintext", addresses);
  log.info("verifier.listening", { ...addresses, name: name() });

  facts.start();
  recorder.start();
  // Without a database it lives and is not ready, for as long as that takes.
  await waitFor(() => settled(facts) || ending || undefined, Number.POSITIVE_INFINITY);
  if (ending) return;
  log.info("verifier.ready", { ...addresses, applied: facts.state.applied });
  tell({ kind: "ready", addresses });
}

/** A quarantine is an answer too: the installation is known, and everything is refused. */
const settled = ({ undecidable }: Facts): boolean => undecidable === null || undecidable === "quarantined";

function databaseOf({ databaseVerifierUrl, verifierWorkers }: Configuration): string {
  if (verifierWorkers > 1) {
    throw new StartFailure(
      "VERIFIER_WORKERS is more than this version can do: leave it out, and start npm run verifier as often as you want, each with ports of its own.",
    );
  }
  if (databaseVerifierUrl !== undefined) return databaseVerifierUrl;
  throw new StartFailure(
    "DATABASE_VERIFIER_URL is not set: start with npm start, which brings a database along, or set it (or DATABASE_URL).",
  );
}

await atTheEdge(verifier);
