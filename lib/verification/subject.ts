import { formatAddress } from "#lib/networks/address";
import type { Case } from "./case";
import type { Subject } from "./decision";

/** IPv4 literals are canonical already; IPv6 has many spellings. */
function addressIn({ learntAddress, learntRequest }: Case): string | null {
  if (learntAddress === undefined || learntRequest === undefined) return null;
  const { clientAddress } = learntRequest;
  return clientAddress.includes(":") ? formatAddress(learntAddress) : clientAddress;
}

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
    path: c.learntTarget?.path ?? null,
    access: c.needs ?? null,
    observedRule: c.observedRule,
    observed: auth !== null && auth !== "token" && known?.application.rules[auth] === "observe",
  };
}
