import { type Configuration, configuration } from "#lib/env";
import { log } from "#lib/log";
import { isLoopback } from "#lib/networks/loopback";
import type { Facts } from "#lib/verification/facts/facts";
import { openPlane, type Plane } from "#server/verifier/plane";
import { atTheEdge } from "./edge";
import { endInOrder, tell } from "./ending";
import { StartFailure } from "./start-failure";
import { waitFor } from "./wait";

/** The verification data plane as a process of its own: answers gateways, knows nothing of pages. */
async function verifier(): Promise<void> {
  const settings = configuration();
  const { verifier: at, management, verifierName: name, boundSeconds } = settings;
  let plane: Plane | undefined;
  let ending = false;
  endInOrder({
    stop: async (lameDuckMs) => {
      ending = true;
      await plane?.stop(lameDuckMs);
    },
  });
  plane = await openPlane({ url: databaseOf(settings), verifier: at, management, name, boundSeconds, log });
  const { addresses, facts } = plane;
  if (!at.bind.startsWith("unix:") && !isLoopback(at.bind)) log.warn("verifier.plaintext", addresses);
  log.info("verifier.listening", { ...addresses, name: plane.name });

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
