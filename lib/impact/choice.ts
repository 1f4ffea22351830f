import { z } from "zod";
import { unmeant } from "#lib/tokens/acting/meant-date";

const instant = z.iso
  .datetime({ offset: true, error: "Write a time like 2027-02-18T00:00:00Z." })
  .transform((text) => Date.parse(text));

/** What happens to the tokens that a change of rules would break. */
export const choiceInput = z.discriminatedUnion("choice", [
  z.strictObject({ choice: z.literal("leave"), until: instant }),
  z.strictObject({
    choice: z.literal("shorten"),
    from: instant,
    spreadDays: z.int("Give whole days.").min(0, "Not below 0.").max(90, "At most 90 days.").default(0),
  }),
  z.strictObject({ choice: z.literal("reduce") }),
  z.strictObject({ choice: z.literal("revoke"), at: instant }),
]);

export type Choice = z.output<typeof choiceInput>;

/** What every change of rules says besides the change itself: what happens to whom it breaks, and what was foreseen. */
export const considered = {
  affected: choiceInput.exactOptional(),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "Send the fingerprint of the preview.")
    .exactOptional(),
};

/** The date of a choice, and whether it can be meant: in the future, within ten years. */
export function misdated(choice: Choice, now: number): { path: string; message: string } | null {
  if (choice.choice === "reduce") return null;
  const [path, at] =
    choice.choice === "leave"
      ? (["until", choice.until] as const)
      : choice.choice === "shorten"
        ? (["from", choice.from] as const)
        : (["at", choice.at] as const);
  const message = unmeant(at, now);
  return message === null ? null : { path: `affected.${path}`, message };
}
