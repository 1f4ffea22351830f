import { z } from "zod";
import { name } from "#lib/text";
import { foldName } from "./name";

/** Basic credentials split at the first colon (RFC 7617), and `token` stands for whoever owns the token. */
export const usernameField = name(255)
  .refine((text) => !text.includes(":"), "No colon: programs send name:token.")
  .refine((text) => foldName(text) !== "token", "“token” stands for whoever owns a token; choose another.");

export const emailField = z.email("This is no e-mail address.").max(254, "Use at most 254 characters.");

export const displayNameField = name(200);
