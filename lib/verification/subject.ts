import type { CredentialClass } from "#lib/applications/application";
import { formatAddress } from "#lib/networks/address";
import { checkSecret } from "#lib/tokens/secret";
import type { Case } from "./case";
import { REDACTED } from "./claimed-name";
import type { Subject } from "./decision";

/** One IPv4 literal is canonical already; IPv6 has many spellings, and of a list one entry is the client. */
function addressIn({ learntAddress, learntRequest, learntGateway }: Case): string | null {
  if (learntAddress === undefined || learntRequest === undefined) return null;
  const { clientAddress } = learntRequest;
  const asSaid = learntGateway?.proxies === null && !clientAddress.includes(":");
  return asSaid ? clientAddress : formatAddress(learntAddress);
}

/** The canonical path, null where it was not understood; a secret that somebody put into it is not kept. */
export function pathIn({ learntTarget, installation }: Case): string | null {
  if (learntTarget === undefined) return null;
  const { path, segments } = learntTarget;
  const { prefix, retiredPrefixes } = installation.prefixes;
  if (!path.includes(`${prefix}_`) && retiredPrefixes.length === 0) return path;
  const isSecret = (segment: string) => checkSecret(segment, installation.prefixes) !== "not ours";
  return segments.some(isSecret) ? REDACTED : path;
}

/** What is recorded one by one: what a rule observes, and what an exception lets through, since it should end one day. */
const isObserved = ({ learntApplication, passedBy }: Case, auth: CredentialClass): boolean =>
  passedBy === "exception" || learntApplication?.application.rules[auth] === "observe";

/** What a case has learnt, as far as it came: for recorder, log and answers. */
export function subjectOf(c: Case): Subject {
  const { learntCredential: credential, learntApplication: known, learntRequest: request, found } = c;
  const auth = credential?.kind === "ours" ? "token" : credential?.kind === "foreign" ? credential.class : null;
  return {
    gatewayKey: c.learntGateway?.gateway.key ?? null,
    applicationKey: known?.application.key ?? null,
    clientAddress: addressIn(c),
    auth,
    claimedName: credential?.kind === "foreign" ? credential.name : null,
    tokenId: found?.token.id ?? null,
    ownerId: found?.owner.id ?? null,
    method: request?.method ?? null,
    path: pathIn(c),
    access: c.needs ?? null,
    observedRules: c.observedRules,
    observed: auth !== null && auth !== "token" && isObserved(c, auth),
  };
}
