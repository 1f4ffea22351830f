import type { Database } from "#lib/db/client";
import { wrappingKey } from "#lib/keys/key";
import { checkClient } from "../check-client";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "../plane";
import { type Issued, seedGateway, seedToken } from "../seeded";
import { waitUntil } from "../upstreams/wait-until";
import type { Original, Said, Way } from "./way";
import { GATEWAYS, waysTo } from "./ways";

/** A verifier that may be asked in every way, and whose tokens are asked about. */
export type Contract = {
  readonly installation: TestInstallation;
  readonly at: TestPlane;
  /** The id of her whose tokens these are. */
  readonly maria: string;
  readonly tokens: Record<"read" | "write", Issued>;
  readonly wayOf: (name: string) => Way;
  /** A busy machine may miss the deadline of a first look-up, which is then 503 as it should be: it is asked again. */
  readonly ask: (name: string, original: Original) => Promise<Said>;
  readonly close: () => Promise<void>;
};

export const bearer = ({ secret }: Pick<Issued, "secret">): string[] => ["Authorization", `Bearer ${secret}`];

/** Opens it, for gateways of every kind with these applications. @param seed makes them, and says their ids */
export async function openContract(seed: (db: Database) => Promise<readonly string[]>): Promise<Contract> {
  const installation = await createInstallation();
  try {
    return await openAt(installation, seed);
  } catch (error) {
    await installation.close();
    throw error;
  }
}

async function openAt(
  installation: TestInstallation,
  seed: (db: Database) => Promise<readonly string[]>,
): Promise<Contract> {
  const { db, database } = installation;
  const applications = await seed(db);
  for (const [key, adapter] of Object.entries(GATEWAYS))
    await seedGateway(db, key, GATEWAY_SECRET, applications, { adapter });
  const maria = (await installation.person("maria", ["api-users"])).id;
  const tokens = { read: await seedToken(db, maria, { access: "read" }), write: await seedToken(db, maria) };
  const wrapping = [wrappingKey(process.env.LATCHKEY_SECRET ?? "", "assertion")];
  const at = await startPlane(database.verifierUrl, "v1", 10, { wrapping });
  const client = checkClient(`127.0.0.1:${at.grpcPort}`);
  const ways = new Map(waysTo(at.port, client).map((way) => [way.name, way]));
  const wayOf = (name: string): Way => {
    const way = ways.get(name);
    if (way === undefined) throw new Error(`There is no way ${name}`);
    return way;
  };
  return {
    ...{ installation, at, maria, tokens, wayOf },
    ask: (name, original) =>
      waitUntil("a decision", async () => {
        const said = await wayOf(name).ask(original);
        return said.status === 503 ? undefined : said;
      }),
    async close() {
      client.close();
      await at.stop();
      await installation.close();
    },
  };
}
