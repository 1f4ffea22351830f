import { readConfiguration } from "#lib/env";
import { atTheEdge } from "#server/edge";
import { runningUrls } from "#server/postgres/urls";
import { StartFailure } from "#server/start-failure";

/** `npm run verifier`: a verifier without a supervisor, on the database it is told, or on the embedded one that runs here. */
async function loneVerifier(): Promise<void> {
  const read = readConfiguration(process.env);
  if (!read.ok) throw new StartFailure(read.refusal.detail);
  const { databaseVerifierUrl, dataFolder } = read.value;
  process.env.DATABASE_VERIFIER_URL = databaseVerifierUrl ?? runningUrls(dataFolder).verifierUrl;
  await import("#server/verifier"); // which reads the environment
}

await atTheEdge(loneVerifier);
