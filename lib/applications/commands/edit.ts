import { can } from "#lib/access/can";
import { LATCHKEY } from "#lib/applications/application";
import { editApplicationInput } from "#lib/applications/application-schema";
import { type Editable, edited } from "#lib/applications/edit";
import { ROUTE_CONFLICT } from "#lib/applications/route-conflict";
import { applicationView } from "#lib/applications/view";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
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

/** Changes an application; everything but its key. */
export const editApplication = defineCommand({
  name: "applications.edit",
  input: editApplicationInput,
  door: { visitors: false, tokens: true },
  stepUp: false,
  prepare: nothingToPrepare,
  subject: async ({ tx }, { id }) => {
    await tx.$executeRaw`SELECT id FROM applications WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.application.findUnique({ where: { id }, include });
    return row === null ? refuse("not_found", "There is no such application.") : ok(applicationView(row));
  },
  allows: (actor, application, { version }) => {
    if (!can(actor, "applications.write")) return refuse("forbidden", "Only administrators change applications.");
    if (application.key === LATCHKEY) return refuse("forbidden", "Latchkey itself is built in: it cannot be changed.");
    return application.version === version
      ? ok(undefined)
      : refuse("stale", "Somebody changed this application meanwhile. Read it again and repeat your change.");
  },
  perform: async ({ tx }, before, { id, version: _read, ...changes }) => {
    const { next, changed, moved } = edited(before, changes);
    if (!changed) return ok({ output: before, repeated: true });
    const after = await write(tx, id, next, moved);
    const subject = { id, name: before.key };
    return ok({ output: after, events: [{ action: "application.edited", subject, detail: { before, after } }] });
  },
  conflicts: { application_routes_pkey: ROUTE_CONFLICT },
});
