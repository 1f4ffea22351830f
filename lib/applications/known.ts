import { type Application, type ApplicationKind, LATCHKEY } from "./application";

/** An application as everybody signed in knows it: by name, and by where requests to it go. */
export type KnownApplication = {
  readonly key: string;
  readonly name: string;
  readonly kind: ApplicationKind;
  /** Host and context path of the first route (`tools.corp/jira`); empty where there is none. */
  readonly host: string;
};

type Routed = Pick<Application, "key" | "name" | "kind" | "routes">;

function hostOf({ key, routes }: Routed, portalUrl: string): string {
  if (key === LATCHKEY) return new URL(portalUrl).host;
  const [route] = routes;
  return route === undefined ? "" : `${route.host}${route.context}`;
}

/** By name; few want a token for the portal itself. */
function portalLast(a: Routed, b: Routed): number {
  if (a.key === LATCHKEY || b.key === LATCHKEY) return a.key === LATCHKEY ? 1 : -1;
  return a.name.localeCompare(b.name, "en");
}

/** What there is to choose from and to name, by name, the portal's own last. */
export function knownApplications(applications: readonly Routed[], portalUrl: string): readonly KnownApplication[] {
  return [...applications].sort(portalLast).map((each) => ({
    key: each.key,
    name: each.name,
    kind: each.kind,
    host: hostOf(each, portalUrl),
  }));
}
