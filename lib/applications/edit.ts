import { isDeepStrictEqual } from "node:util";
import type { EditApplicationInput } from "./application-schema";
import type { ApplicationView } from "./view";

/** What an edit may change. */
export type Editable = Pick<
  ApplicationView,
  "name" | "kind" | "routes" | "rules" | "identity" | "credentials" | "usernames" | "paths"
>;

const sorted = (routes: ApplicationView["routes"]) => routes.map(({ host, context }) => `${host}${context}`).sort();

/**
 * The application as it would be after an edit: what is left out stays, inside rules, credentials and usernames too.
 * @returns `changed` whether anything differs; `moved` whether routes do
 */
export function edited(before: ApplicationView, changes: Omit<EditApplicationInput, "id" | "version">) {
  const now: Editable = {
    name: before.name,
    kind: before.kind,
    routes: before.routes,
    rules: before.rules,
    identity: before.identity,
    credentials: before.credentials,
    usernames: before.usernames,
    paths: before.paths,
  };
  const next: Editable = {
    name: changes.name ?? now.name,
    kind: changes.kind ?? now.kind,
    routes: changes.routes ?? now.routes,
    rules: { ...now.rules, ...changes.rules },
    identity: changes.identity ?? now.identity,
    credentials: { ...now.credentials, ...changes.credentials },
    usernames: { ...now.usernames, ...changes.usernames },
    paths: changes.paths ?? now.paths,
  };
  const moved = !isDeepStrictEqual(sorted(now.routes), sorted(next.routes));
  const { routes: _were, ...rest } = now;
  const { routes: _are, ...nextRest } = next;
  return { next, moved, changed: moved || !isDeepStrictEqual(rest, nextRest) };
}
