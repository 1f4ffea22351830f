import type { Viewer } from "#lib/access/viewer";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { ToDo } from "./end";
import type { Cause } from "./standing";

/** What a journal tells that a database in quarantine does not know. */
export type Left = {
  readonly cause: Cause;
  /** Tokens that would work, and people who could sign in, although the journal says that they have ended. */
  readonly undone: number;
  /** Not all that the journal told can be read, or it begins after the backup. */
  readonly isUncertain: boolean;
  /** Whether it tells of anything that bears upon who administers, and how they sign in. */
  readonly concernsPeople: boolean;
  /** The history that the journals know last; null where they know none. Whoever ends the quarantine ends that, too. */
  readonly latest: string | null;
};

/** With this word the command line ends a quarantine although something is left. */
export const ALTHOUGH = "what has ended works again";

/** Nothing of these makes anybody an administrator, or lets anybody sign in. */
const RIGHTS_OF_TOKENS = /^(token|policy|delegation|network|application|gateway)\./;

/** Whether something of what a person is to look at bears upon who administers. */
export const concernsPeople = (look: ToDo["look"]): boolean =>
  look.some(({ action }) => !RIGHTS_OF_TOKENS.test(action));

const things = (count: number): string => (count === 1 ? "one end" : `${count} ends`);

/**
 * Whether this viewer may end a quarantine with so much left. In the portal an administrator may be one whom the backup
 * brought back: there nothing may be left that was done to people, and nobody has a word that helps.
 * @returns `forbidden` in the portal, `invalid_input` at the command line without the word
 */
export function mayEnd(viewer: Pick<Viewer, "kind">, left: Left, although: string | undefined): Result<undefined> {
  const { undone, isUncertain } = left;
  const isLeft = undone > 0 || isUncertain;
  if (viewer.kind === "cli") {
    if (!isLeft || although === ALTHOUGH) return ok(undefined);
    const what =
      undone > 0 ? `The journal tells of ${things(undone)} that would be undone` : "The journal is not whole";
    return refuse(
      "invalid_input",
      `${what}: run journal replay first. If this database is the one that holds all the same, say --although "${ALTHOUGH}".`,
    );
  }
  if (!isLeft && !left.concernsPeople) return ok(undefined);
  return refuse(
    "forbidden",
    "The journal of ends tells of what this database does not know, perhaps also about administrators. So the command line ends this quarantine, on the machine of the portal: journal replay, then journal dismiss.",
  );
}
