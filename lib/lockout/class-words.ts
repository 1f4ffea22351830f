import type { CredentialClass } from "#lib/applications/application";

const WORDS: Readonly<Record<CredentialClass, string>> = {
  password: "passwords",
  foreignBearer: "Bearer tokens of another kind",
  oauth1: "application links (OAuth 1)",
  otherScheme: "another scheme (Kerberos …)",
  none: "no credential (browsers)",
};

/** What somebody sends that is not ours, in a sentence; a class of another version as it is called. */
export const classInWords = (name: string): string => (WORDS as Readonly<Record<string, string>>)[name] ?? name;
