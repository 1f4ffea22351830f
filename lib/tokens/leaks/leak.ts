import { z } from "zod";
import { type Act, isRevoked } from "../acting/acts";
import type { TokenRow } from "../row";
import { digestOf, isSecret } from "../secret";

/** What stands as the author of such an end: nobody of ours. */
const LEAK_REPORT = "a leak report";

/** At most so many secrets in one report. */
export const MOST_SECRETS = 100;

/**
 * The digests of what can be a secret of any prefix, each once. What cannot, by its checksum, is dropped before anything
 * is asked of the database. A prefix that retired, or that was forgotten, is no matter: what was made under it may end.
 * @param texts as somebody found them; blanks around them come with copying
 * @returns SHA-256, lower-case hex
 */
export function digestsOfLeaked(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()))].filter(isSecret).map(digestOf);
}

/** Secrets go no further than this: what is parsed holds their digests. */
export const reportLeaksInput = z.strictObject({
  secrets: z
    .array(
      z.string("Send each secret as a text.").max(500, "A secret is shorter than that."),
      "Send a list of secrets.",
    )
    .max(MOST_SECRETS, `Send at most ${MOST_SECRETS} secrets at a time.`)
    .transform(digestsOfLeaked),
});

/** What was noted of a report: nothing that comes from afar. */
export const notedInput = z.strictObject({ secrets: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(MOST_SECRETS) });

/**
 * Ends tokens whose secrets were reported: each alone, since of a rotating pair only one secret leaked. One that is
 * suspended, expired or without its owner ends too: somebody may resume it, and its owner is to know.
 * @param now epoch milliseconds
 * @returns null where all are revoked already
 */
export function endingLeaked(rows: readonly TokenRow[], now: number): Act | null {
  const living = rows.filter((row) => !isRevoked(row, now));
  const [first, ...rest] = living;
  if (first === undefined) return null;
  const at = new Date(now);
  const columns = {
    ...({ revokedAt: at, revokedBy: LEAK_REPORT, revocationReason: "key_compromise", revocationNote: null } as const),
    leakReportedAt: at,
  };
  return { columns, touched: living, events: [told(first), ...rest.map(told)] };
}

const told = ({ id, name, hint, owner: { username } }: TokenRow) =>
  ({
    action: "token.leak-reported",
    subject: { id, name },
    detail: { before: { revocation: null }, after: { owner: username, hint } },
  }) as const;
