import { Client, type ClientBase } from "pg";

/** What the driver says of a question that took longer than `query_timeout`. */
const GIVEN_UP = "Query read timeout";

/**
 * Ends a connection on which a question was given up on. The driver would go on with it: where the question was part of a
 * transaction, and the ROLLBACK was given up on as well, the next to get this connection from the pool would be inside
 * that transaction, and commit it.
 * @param client one of a pool, before anybody gets it
 */
export function endsWhenGivenUp(client: ClientBase): void {
  const { query } = client;
  client.query = (...given: unknown[]) => {
    const asked = Reflect.apply(query, client, given);
    if (asked instanceof Promise) {
      // Before whoever asked hears of it, and hands the connection back.
      asked.catch((error: unknown) => {
        if (error instanceof Error && error.message === GIVEN_UP && client instanceof Client) client.end();
      });
    }
    return asked;
  };
}
