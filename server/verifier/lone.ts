import { readConfiguration } from "#lib/env";
import { verifierEnvironment } from "#server/child-environment";
import { atTheEdge } from "#server/edge";
import { runningUrls } from "#server/postgres/urls";
import { secretThere } from "#server/secret";
import { StartFailure } from "#server/start-failure";

/**
 * `npm run verifier`: a verifier without a supervisor, on the database it is told, or on the embedded one that runs here,
 * whose secret lies beside it. None is ever made here: it would open nothing, and later be taken for the portal's own.
 */
async function loneVerifier(): Promise<void> {
  const read = readConfiguration(process.env);
  if (!read.ok) throw new StartFailure(read.refusal.detail);
  const { databaseVerifierUrl, dataFolder, assertionSecret, secret: told } = read.value;
  const verifierUrl = databaseVerifierUrl ?? runningUrls(dataFolder).verifierUrl;
  const secret = told ?? (databaseVerifierUrl === undefined ? secretThere(dataFolder) : undefined);
  if (assertionSecret === undefined && secret !== undefined)
    process.env = verifierEnvironment(process.env, { verifierUrl, secret });
  else process.env.DATABASE_VERIFIER_URL = verifierUrl;
  await import("#server/verifier"); // which reads the environment
}

await atTheEdge(loneVerifier);
