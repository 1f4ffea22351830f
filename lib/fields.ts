import { z } from "zod";
import { holdsSecret } from "#lib/tokens/secret";

/** Control characters, lone surrogates, and marks that make text read in another order than it is written. */
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const HIDDEN_BUT_BREAKS = /[\p{Cs}\u202A-\u202E\u2066-\u2069]|(?![\n\r\t])\p{Cc}/u;

/** What is said of a text with too many characters. */
export const tooLong = (most: number) => `Use at most ${most} characters.`;
/** What is said of a text that holds a secret. */
export const SECRETS = "This holds a token's secret. Keep secrets out of texts; if it still works, revoke it.";
const INVISIBLE = "Leave out control characters and other invisible marks.";

/**
 * One line as people type it, in NFC and without blanks around it.
 * @param most characters (UTF-16 code units)
 */
export const line = (most: number) =>
  z
    .string("Write some text here.")
    .max(most, tooLong(most))
    .refine((text) => !HIDDEN.test(text), INVISIBLE)
    .refine((text) => !holdsSecret(text), SECRETS)
    .normalize("NFC")
    .trim();

/** A line that says something. */
export const name = (most: number) => line(most).min(1, "This cannot be empty.");

/** Several lines, for notes and descriptions; may be empty. */
export const paragraph = (most: number) =>
  z
    .string("Write some text here.")
    .max(most, tooLong(most))
    .refine((text) => !HIDDEN_BUT_BREAKS.test(text), INVISIBLE)
    .refine((text) => !holdsSecret(text), SECRETS)
    .normalize("NFC")
    .trim();

/** A key: what URLs, headers and command lines name something by. Never changes. */
export const slug = z
  .string("Write a key.")
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "Use lower-case letters, digits and hyphens, at most 63.");

/** The id of a row, in lower case as the database writes it: one row is never named by two texts. */
export const id = z.uuid("This is not an id.").toLowerCase();

/** Whether a route's parameter can be an id at all; what is not, is not found. */
export const isId = (text: string | undefined): text is string => id.safeParse(text).success;

/** The version that was read: an edit of anything newer is refused as stale. */
export const version = z
  .int("Send the version that you read.")
  .min(1, "Send the version that you read.")
  .max(2_147_483_647);
