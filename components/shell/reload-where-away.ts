import { READY_PATH } from "#lib/ready-path";

const MARK = "latchkey-reloaded";
/** A database that comes and goes has nobody load a page more often than that. */
const AGAIN_MS = 60_000;

/** What is needed of a browser's window. */
type Browser = {
  readonly fetch: (path: string, how: RequestInit) => Promise<{ readonly status: number }>;
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
  readonly location: Pick<Location, "pathname" | "search" | "reload">;
};

/**
 * Loads a page that failed again where the database is away, for then it says so and goes on by itself: once, and no
 * second time within a minute. Asks for nothing that is work, and never fails.
 * @param now epoch milliseconds
 */
export async function reloadWhereAway({ fetch, sessionStorage, location }: Browser, now: number): Promise<void> {
  const address = location.pathname + location.search;
  try {
    const { status } = await fetch(READY_PATH, { cache: "no-store", redirect: "manual" });
    const [at, of] = sessionStorage.getItem(MARK)?.split(" ") ?? [];
    if (status !== 503 || (of === address && now - Number(at) < AGAIN_MS)) return;
    sessionStorage.setItem(MARK, `${now} ${address}`);
    location.reload();
  } catch {
    // Neither the portal nor a place for the mark: what is shown stays.
  }
}
