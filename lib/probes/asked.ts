import { Buffer } from "node:buffer";
import type { Application, ApplicationKind } from "#lib/applications/application";

type Request = { readonly method: string; readonly path: string };

/** What everybody may read who may read at all, and what tokens reach (lib/verification/reads). */
const READS: Readonly<Record<ApplicationKind, string>> = {
  jira: "/rest/api/2/myself",
  confluence: "/rest/api/user/current",
  bitbucket: "/rest/api/1.0/application-properties",
  generic: "/",
};

/** The first place below which tokens reach, for a name that nothing has. */
const BELOW: Readonly<Record<ApplicationKind, string>> = {
  ...{ jira: "/rest", confluence: "/rest", bitbucket: "/rest" },
  generic: "",
};

export const NOTHING = "latchkey-connection-check";

/** The page that a browser would open. */
export const browserRequest = (context: string): Request => ({ method: "GET", path: `${context}/` });

export const readRequest = (kind: ApplicationKind, context: string): Request => ({
  method: "GET",
  path: `${context}${READS[kind]}`,
});

/**
 * The write that must be refused. Should it not be, then an application is asked to delete what does not exist, by a
 * name that nothing has: of all methods the one by which nothing can come into being, and here nothing can go.
 * @param random letters and digits, new each time
 */
export const writeRequest = (kind: ApplicationKind, context: string, random: string): Request => ({
  method: "DELETE",
  path: `${context}${BELOW[kind]}/${NOTHING}-${random}`,
});

/**
 * The header that carries a token, in the first way that the application takes.
 * @returns null where it takes one in the address only: there it would be written into logs
 */
export function tokenHeader(
  { bearer, basic, header }: Application["credentials"],
  secret: string,
): Readonly<Record<string, string>> | null {
  if (bearer) return { Authorization: `Bearer ${secret}` };
  if (basic) return { Authorization: `Basic ${Buffer.from(`token:${secret}`).toString("base64")}` };
  return header === null ? null : { [header]: secret };
}

/** From where a client would say that it comes, to be believed by nobody: an address of documentation (RFC 5737). */
export const FORGED_ADDRESS = "192.0.2.199";

export const FORGED_HEADERS: Readonly<Record<string, string>> = {
  "X-Forwarded-For": FORGED_ADDRESS,
  "X-Real-IP": FORGED_ADDRESS,
  Forwarded: `for=${FORGED_ADDRESS}`,
};
