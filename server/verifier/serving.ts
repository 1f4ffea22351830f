import type { Configuration } from "#lib/env";
import type { Log } from "#lib/log";
import type { Part } from "#lib/verification/part-of-rates";
import { openCertificate } from "#server/certificate";
import { endInOrder } from "#server/ending";
import { StartFailure } from "#server/start-failure";
import { openPlane, type Plane } from "./plane";
import { assertionWrapping } from "./wrapping";

/** A certificate is renewed beneath us: looked for this often, and at SIGHUP. */
const CERTIFICATE_LOOK_MS = 10_000;

/**
 * Has this process verify as the environment says, until it is told to end.
 * @param part of a verifier with several workers, which of them; who started it answers for its management
 */
export async function serve(settings: Configuration, log: Log, part?: Part) {
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
  const own = part === undefined ? { management } : { management: null, part };
  plane = await openPlane({ ...from, verifier: at, grpcPort, certificate, name, log, ...own });
  if (certificate !== undefined) {
    process.on("SIGHUP", certificate.reload);
    setInterval(certificate.reload, CERTIFICATE_LOOK_MS).unref();
  }
  return { plane, isEnding: () => ending };
}

function databaseOf({ databaseVerifierUrl }: Configuration): string {
  if (databaseVerifierUrl !== undefined) return databaseVerifierUrl;
  throw new StartFailure(
    "DATABASE_VERIFIER_URL is not set: start with npm start, which brings a database along, or set it (or DATABASE_URL).",
  );
}
