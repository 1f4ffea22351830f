import { readConfiguration } from "#lib/env";
import { atTheEdge } from "#server/edge";
import { runningUrls } from "#server/postgres/urls";
import { generatedSecret } from "#server/secret";
import { StartFailure } from "#server/start-failure";

/** `npm run verifier`: a verifier without a supervisor, on the database it is told, or on the embedded one that runs here. */
async function loneVerifier(): Promise<void> {
  const read = readConfiguration(process.env);
  if (!read.ok) throw new StartFailure(read.refusal.detail);
  const { databaseVerifierUrl, dataFolder } = read.value;
  if (databaseVerifierUrl === undefined) {
    process.env.DATABASE_VERIFIER_URL = runningUrls(dataFolder).verifierUrl;
    process.env.LATCHKEY_SECRET ??= generatedSecret(dataFolder);
  }
  await import("#server/verifier"); // which reads the environment
}

await atTheEdge(loneVerifier);
