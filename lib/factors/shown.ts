import { z } from "zod";
import { assertionInput } from "./passkey";

/** A code of an app, or a recovery code; as typed. */
export const codeField = z.string("Type the code.").min(1, "Type the code.").max(64, "This is too long for a code.");

/** The fields by which a second factor is shown: one of them at a time. */
export const shownFields = { code: codeField.optional(), passkey: assertionInput.optional() };
