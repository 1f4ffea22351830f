import { REASONS } from "#lib/verification/reasons";

/** What came of verifications, as the overview tells them apart. */
export type Outcome = "allowed" | "refused" | "undecided";

/** What somebody is told in place of a code of the catalogue: its meaning; a code of another version stays as it is. */
export const reasonWords = (reason: string): string => find(reason)?.meaning.replace(/\.$/, "") ?? reason;

const find = (reason: string) => Object.entries(REASONS).find(([code]) => code === reason)?.[1];

/** @param reason a code of the catalogue; one that this version does not know let nothing pass */
export function outcomeOf(reason: string): Outcome {
  const status = find(reason)?.status ?? 403;
  return status === 200 ? "allowed" : status === 503 ? "undecided" : "refused";
}
