import { Buffer } from "node:buffer";
import { hash, sign } from "node:crypto";
import type { AssertionKey } from "#lib/keys/assertion-key";
import { ASSERTION_MS } from "#lib/keys/life";
import type { Case } from "./case";
import type { Identity } from "./decision";
import { canonicalHost } from "./route";

/** What an upstream is told in a signed assertion (JWT, RFC 7519), bound to the one request that it comes with. */
export type Assertion = {
  readonly key: AssertionKey;
  readonly issuer: string;
  /** Key of the application. */
  readonly audience: string;
  readonly identity: Identity;
  readonly method: string;
  readonly host: string;
  /** Canonical, without query. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** Says what it is, so that no other token of anybody's is taken for one (RFC 8725 §3.11). */
export const ASSERTION_TYPE = "latchkey-assertion+jwt";

/** As many groups as gateways take in two headers; those at the end are left out whole. */
const GROUPS_LIMIT = 50;
const GROUPS_BYTES = 2_048;

/** What is to be asserted of a request that may pass. @throws where there is nothing to sign with: step 13 refuses before */
export function assertionOf(c: Case, identity: Identity): Assertion {
  const { signer, facts } = c.installation;
  if (signer === null || signer === "elsewhere") throw new Error("there is nothing here to sign an assertion with");
  return {
    ...{ key: signer.active, issuer: facts.settings.portalUrl, audience: c.known.application.key, identity },
    method: c.request.method,
    host: canonicalHost(c.request.host) ?? c.request.host,
    path: c.target.path,
    at: c.now,
  };
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function groupsOf(refs: readonly string[]): readonly string[] {
  const groups: string[] = [];
  let bytes = 0;
  for (const ref of refs.slice(0, GROUPS_LIMIT)) {
    bytes += Buffer.byteLength(JSON.stringify(ref)) + 1;
    if (bytes > GROUPS_BYTES) break;
    groups.push(ref);
  }
  return groups;
}

/** Signs an assertion with ES256. @param id names this one: the id of its request */
export function signAssertion({ key, identity, at, ...about }: Assertion, id: string): string {
  const iat = Math.floor(at / 1_000);
  const head = encoded({ alg: key.jwk.alg, typ: ASSERTION_TYPE, kid: key.jwk.kid });
  const claims = encoded({
    iss: about.issuer,
    aud: about.audience,
    sub: identity.userId,
    username: identity.username,
    groups: groupsOf(identity.groups),
    scope: identity.access === "write" ? "read write" : "read",
    client_id: identity.tokenId,
    iat,
    exp: iat + ASSERTION_MS / 1_000,
    jti: id,
    htm: about.method,
    hst: about.host,
    pth: hash("sha256", about.path, "base64url"),
  });
  const signed = `${head}.${claims}`;
  const signature = sign("sha256", Buffer.from(signed), { key: key.privateKey, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}
