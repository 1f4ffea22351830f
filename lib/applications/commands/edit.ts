import { editApplicationInput } from "#lib/applications/application-schema";
import { notBuiltIn } from "#lib/applications/built-in";
import { type Editable, edited, unstatedLists, unstatedRules } from "#lib/applications/edit";
import { ROUTE_CONFLICT } from "#lib/applications/route-conflict";
import { lockApplication } from "#lib/applications/store";
import { applicationView } from "#lib/applications/view";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";

const include = { routes: true } as const;

async function write(tx: Transaction, id: string, { routes, ...data }: Editable, moved: boolean) {
  if (moved) {
    await tx.applicationRoute.deleteMany({ where: { applicationId: id } });
    await tx.applicationRoute.createMany({ data: routes.map((route) => ({ ...route, applicationId: id })) });
  }
  const { paths, readPacks } = data;
  const changes = { ...data, paths: [...paths], readPacks: [...readPacks], version: { increment: 1 } };
  return applicationView(await tx.application.update({ where: { id }, data: changes, include }));
}

/**
 * Changes an application; everything but its key. Refuses `invalid_input` also where rules would be kept silently that
 * nobody would have been given (`unstatedRules`), or a list of an exception is emptied without the other (`unstatedLists`).
 */
export const editApplication = defineCommand({
  input: editApplicationInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => lockApplication(tx, id),
  allows: inTurn(
    byRole("applications.write", "Only administrators change applications."),
    notBuiltIn,
    notStale("application"),
  ),
  perform: async ({ tx }, before, { id, version: _read, ...changes }) => {
    const unstated = [...unstatedRules(before, changes), ...unstatedLists(before, changes)];
    if (unstated.length > 0) return refuse("invalid_input", unstated[0]?.message ?? "", unstated);
    const { next, changed, moved } = edited(before, changes);
    if (!changed) return ok({ output: before, repeated: true });
    const after = await write(tx, id, next, moved);
    const subject = { id, name: before.key };
    return ok({ output: after, events: [{ action: "application.edited", subject, detail: { before, after } }] });
  },
  conflicts: { application_routes_pkey: ROUTE_CONFLICT },
});
