import { type Configuration, configuration } from "#lib/env";
import { log } from "#lib/log";
import { isLoopback } from "#lib/networks/loopback";
import type { Facts } from "#lib/verification/facts/facts";
import { openPlane, type Plane } from "#server/verifier/plane";
import { assertionWrapping } from "#server/verifier/wrapping";
import { openCertificate } from "./certificate";
import { atTheEdge } from "./edge";
import { endInOrder, tell } from "./ending";
import { StartFailure } from "./start-failure";
import { waitFor } from "./wait";

/** A certificate is renewed beneath us: looked for this often, and at SIGHUP. */
const CERTIFICATE_LOOK_MS = 10_000;

/** The verification data plane as a process of its own: answers gateways, knows nothing of pages. */
async function verifier(): Promise<void> {
  const settings = configuration();
  const { verifier: at, grpcPort, management, verifierTls, verifierName: name, boundSeconds, redisUrl } = settings;
  let plane: Plane | undefined;
  let ending = false;
  endInOrder({
    stop: async (lameDuckMs) => {
      ending = true;
      await plane?.stop(lameDuckMs);
    },
  });
  const certificate = verifierTls === null ? undefined : openCertificate(verifierTls, log);
  const url = databaseOf(settings);
  const wrapping = assertionWrapping(settings);
  const from = { url, redisUrl, wrapping, boundSeconds };
  plane = await openPlane({ ...from, verifier: at, grpcPort, certificate, management, name, log });
  if (certificate !== undefined) {
    process.on("SIGHUP", certificate.reload);
    setInterval(certificate.reload, CERTIFICATE_LOOK_MS).unref();
  }
  const { addresses, facts } = plane;
  if (certificate === undefined && !at.bind.startsWith("unix:") && !isLoopback(at.bind))
    log.warn("verifier.plaintext", addresses);
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
