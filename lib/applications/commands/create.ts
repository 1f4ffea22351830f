import { createApplicationInput } from "#lib/applications/application-schema";
import { withExceptions, withFilterRules } from "#lib/applications/requests-schema";
import { ROUTE_CONFLICT } from "#lib/applications/route-conflict";
import { PRESET_CREDENTIALS, PRESET_USERNAMES, presetRules } from "#lib/applications/rules";
import { applicationView } from "#lib/applications/view";
import { defineCommand, nothingToFind, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";

/** Makes an application: from now on requests to its routes are judged as its. */
export const createApplication = defineCommand({
  input: createApplicationInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: byRole("applications.write", "Only administrators make applications."),
  perform: async ({ tx, now }, _subject, { key, name, kind, routes, ...input }) => {
    const identity = input.identity ?? "none";
    const row = await tx.application.create({
      data: {
        ...{ key, name, kind, identity },
        rules: { ...presetRules(kind, identity), ...input.rules },
        credentials: { ...PRESET_CREDENTIALS, ...input.credentials },
        usernames: { ...PRESET_USERNAMES, ...input.usernames },
        paths: input.paths ?? [],
        exceptions: withExceptions({}, input.exceptions),
        readPacks: input.readPacks ?? [],
        pathFilter: withFilterRules({}, input.pathFilter),
        ...{ webSocket: input.webSocket ?? false, preflight: input.preflight ?? false },
        introspectRestricted: input.introspectRestricted ?? false,
        createdAt: new Date(now),
        routes: { create: routes },
      },
      include: { routes: true },
    });
    const view = applicationView(row);
    const detail = { before: null, after: view };
    const subject = { id: view.id, name: key };
    return ok({ output: view, events: [{ action: "application.created", subject, detail }] });
  },
  conflicts: {
    applications_key_key: { code: "already_exists", path: "key", detail: "There is an application of this key." },
    application_routes_pkey: ROUTE_CONFLICT,
  },
});
