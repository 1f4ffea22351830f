import { configuration } from "#lib/env";
import { log } from "#lib/log";
import type { Facts } from "#lib/verification/facts/facts";
import { announceListening, announceReady } from "#server/verifier/announce";
import { serve } from "#server/verifier/serving";
import { ownNumber } from "#server/verifier/workers/number";
import { holdWorkers } from "#server/verifier/workers/primary";
import { work } from "#server/verifier/workers/worker";
import { atTheEdge } from "./edge";
import { waitFor } from "./wait";

/** The verification data plane, as a process of its own or as several: answers gateways, knows nothing of pages. */
async function verifier(): Promise<void> {
  const settings = configuration();
  const number = ownNumber();
  if (number !== null) return work(settings, number);
  if (settings.verifierWorkers > 1) return holdWorkers(settings, import.meta.filename);
  const { plane, isEnding } = await serve(settings, log);
  const { addresses, facts, name } = plane;
  announceListening(settings, addresses, { name });
  await waitFor(() => settled(facts) || isEnding() || undefined, Number.POSITIVE_INFINITY);
  if (!isEnding()) announceReady(addresses, { applied: facts.state.applied });
}

/** A quarantine is an answer too: the installation is known, and everything is refused. */
const settled = ({ undecidable }: Facts): boolean => undecidable === null || undecidable === "quarantined";

await atTheEdge(verifier);
