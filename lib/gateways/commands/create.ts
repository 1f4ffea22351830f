import { defineCommand, nothingToFind, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findApplications } from "#lib/commands/references";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { createGatewayInput } from "#lib/gateways/gateway-schema";
import { gatewaySecretDigest, newGatewaySecret } from "#lib/gateways/secret";
import { GATEWAY_COLUMNS } from "#lib/gateways/store";
import { trustworthy } from "#lib/gateways/trust";
import { gatewayView } from "#lib/gateways/view";

/** Makes a gateway. Its secret is in this one answer and nowhere else. */
export const createGateway = defineCommand({
  input: createGatewayInput,
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: byRole("gateways.write", "Only administrators make gateways."),
  perform: async ({ tx, now }, _subject, { key, adapter, applications, ...input }) => {
    const { peers = [], trustedHops = 0, trustedRanges = [] } = input;
    const trusts = trustworthy({ adapter, trustedHops, trustedRanges });
    if (!trusts.ok) return trusts;
    const found = await findApplications(tx, applications, (_key, index) => `applications.${index}`);
    if (!found.ok) return found;
    const secret = newGatewaySecret();
    const row = await tx.gateway.create({
      data: {
        ...{ key, adapter, peers, trustedHops, trustedRanges },
        secretDigest: new Uint8Array(gatewaySecretDigest(secret)),
        createdAt: new Date(now),
        applications: { create: found.value.map(({ id }) => ({ applicationId: id })) },
      },
      select: GATEWAY_COLUMNS,
    });
    const view = gatewayView(row, null);
    const detail = { before: null, after: view };
    const subject = { id: view.id, name: key };
    return ok({ output: { ...view, secret }, events: [{ action: "gateway.created", subject, detail }] });
  },
  conflicts: {
    gateways_key_key: { code: "already_exists", path: "key", detail: "There is a gateway of this key." },
  },
});
