import { PrismaPg } from "@prisma/adapter-pg";
import { nothingAfterItsEnd } from "./ended";
import { codesOf, isGone, isUnavailable } from "./failure";

/** Of a database that is away it is said to ask again after so long; seconds. */
export const RETRY_AFTER_SECONDS = 2;

/**
 * How often the database did not answer this process, how often of these it was certainly away (`isGone`), and the codes
 * of the last time (`codesOf`).
 */
export type Absences = { readonly times: number; readonly gone: number; readonly codes: readonly string[] };

// The server's bundle and Next's each load this module: who listens may be the one, who asks the other.
const holder = globalThis as typeof globalThis & { latchkeyAbsences?: Absences };

/**
 * What this process has noticed so far of a database that is away. Whoever compares the counts of before with those of
 * after knows whether it was away meanwhile, without asking it; where it only was late, for somebody, that is to be asked.
 */
export const absences = (): Absences => holder.latchkeyAbsences ?? { times: 0, gone: 0, codes: [] };

/** Passes on what became of a question to the database, and counts where there was no answer. */
async function counted<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (isUnavailable(error)) {
      const { times, gone } = absences();
      holder.latchkeyAbsences = { times: times + 1, gone: gone + (isGone(error) ? 1 : 0), codes: codesOf(error) };
    }
    throw error;
  }
}

/** The way to PostgreSQL; it counts whenever that is away (`absences`), and a transaction that has ended does nothing more. */
export class CountingPg extends PrismaPg {
  override async connect() {
    const way = await super.connect();
    const [queryRaw, executeRaw, start] = [
      way.queryRaw.bind(way),
      way.executeRaw.bind(way),
      way.startTransaction.bind(way),
    ];
    way.queryRaw = (query) => counted(queryRaw(query));
    way.executeRaw = (query) => counted(executeRaw(query));
    way.startTransaction = async (isolation) => nothingAfterItsEnd(await counted(start(isolation)));
    return way;
  }
}
