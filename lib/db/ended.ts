import { DriverAdapterError, type Transaction } from "@prisma/driver-adapter-utils";

const ENDS: ReadonlySet<string> = new Set(["COMMIT", "ROLLBACK"]);

/**
 * Keeps what is still under way in a transaction from going on once its end was asked for. Prisma ends one that took too
 * long while a question of it waits for its answer, and hands the connection back; where that question was one of several
 * (a row and what belongs to it), the others would be asked after the ROLLBACK: in no transaction at all, or in that of
 * whoever got the connection next.
 * @param transaction just begun
 */
export function nothingAfterItsEnd(transaction: Transaction): Transaction {
  let hasEnded = false;
  const goOn = () => {
    if (!hasEnded) return;
    throw new DriverAdapterError({ kind: "TransactionAlreadyClosed", cause: "The transaction took too long." });
  };
  const [queryRaw, executeRaw] = [transaction.queryRaw.bind(transaction), transaction.executeRaw.bind(transaction)];
  transaction.queryRaw = async (query) => {
    goOn();
    return queryRaw(query);
  };
  transaction.executeRaw = async (query) => {
    goOn();
    hasEnded = ENDS.has(query.sql);
    return executeRaw(query);
  };
  return transaction;
}
