const SENTENCES: Readonly<Record<string, string>> = {
  already_exists: "Your username belongs to another account here. Ask an administrator to rename one of the two.",
  unauthenticated: "Your account here is deactivated. Ask an administrator.",
  last_admin:
    "Your organisation no longer names you an administrator, and you are the last one here. Ask the operator to make another first.",
  invalid_input: "Your organisation did not say enough about you. Ask your administrator to look into the log.",
  stale: "Somebody signed in at the same moment. Try again.",
  unavailable: "Signing in does not work at the moment. Try again in a minute.",
};

/**
 * What is said when somebody comes back from the identity provider without being signed in.
 * @param code the `error` of the address, written by next-auth, by us, or by anybody
 * @returns null where there is none
 */
export function externalError(code: string | readonly string[] | undefined): string | null {
  if (typeof code !== "string" || code === "") return null;
  if (Object.hasOwn(SENTENCES, code)) return SENTENCES[code] ?? null;
  return "Signing in with your organisation did not work. Try again; if it stays, tell your administrator.";
}
