import type { Viewer } from "#lib/access/viewer";
import { LATCHKEY } from "#lib/applications/application";
import { editApplicationInput } from "#lib/applications/application-schema";
import { type Editable, edited } from "#lib/applications/edit";
import { ROUTE_CONFLICT } from "#lib/applications/route-conflict";
import { type ApplicationView, applicationView } from "#lib/applications/view";
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
  const changes = { ...data, paths: [...data.paths], version: { increment: 1 } };
  return applicationView(await tx.application.update({ where: { id }, data: changes, include }));
}

const notBuiltIn = (_actor: Viewer, { key }: ApplicationView) =>
  key === LATCHKEY ? refuse("forbidden", "Latchkey itself is built in: it cannot be changed.") : ok(undefined);

/** Changes an application; everything but its key. */
export const editApplication = defineCommand({
  input: editApplicationInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => {
    await tx.$executeRaw`SELECT id FROM applications WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.application.findUnique({ where: { id }, include });
    return row === null ? refuse("not_found", "There is no such application.") : ok(applicationView(row));
  },
  allows: inTurn(
    byRole("applications.write", "Only administrators change applications."),
    notBuiltIn,
    notStale("application"),
  ),
  perform: async ({ tx }, before, { id, version: _read, ...changes }) => {
    const { next, changed, moved } = edited(before, changes);
    if (!changed) return ok({ output: before, repeated: true });
    const after = await write(tx, id, next, moved);
    const subject = { id, name: before.key };
    return ok({ output: after, events: [{ action: "application.edited", subject, detail: { before, after } }] });
  },
  conflicts: { application_routes_pkey: ROUTE_CONFLICT },
});
