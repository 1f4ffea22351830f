import { isDeepStrictEqual } from "node:util";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findApplications } from "#lib/commands/references";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { editGatewayInput } from "#lib/gateways/gateway-schema";
import { lockGateway, viewGateway } from "#lib/gateways/store";
import { trustworthy } from "#lib/gateways/trust";

/** Changes a gateway; everything but its key and its secret. */
export const editGateway = defineCommand({
  input: editGatewayInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockGateway(tx, actor, id),
  allows: inTurn(byRole("gateways.write", "Only administrators change gateways."), notStale("gateway")),
  perform: async ({ tx }, before, { id, version: _read, ...changes }) => {
    const wanted =
      changes.applications === undefined ? changes : { ...changes, applications: [...changes.applications].sort() };
    if (isDeepStrictEqual({ ...before, ...wanted }, before)) return ok({ output: before, repeated: true });
    const trusts = trustworthy({ ...before, ...wanted });
    if (!trusts.ok) return trusts;
    const { applications, ...columns } = wanted;
    const found = await findApplications(tx, changes.applications ?? [], (_key, index) => `applications.${index}`);
    if (!found.ok) return found;
    if (applications !== undefined) {
      await tx.gatewayApplication.deleteMany({ where: { gatewayId: id } });
      await tx.gatewayApplication.createMany({
        data: found.value.map((application) => ({ gatewayId: id, applicationId: application.id })),
      });
    }
    await tx.gateway.update({ where: { id }, data: { ...columns, version: { increment: 1 } }, select: { id: true } });
    const after = await viewGateway(tx, id);
    if (after === null) throw new Error("the locked gateway is gone");
    const subject = { id, name: before.key };
    return ok({ output: after, events: [{ action: "gateway.edited", subject, detail: { before, after } }] });
  },
  conflicts: {},
});
