/** A named set of users, identified by (source, external id): a directory's *admins* is not the local one. */
export type Group = {
  readonly id: string;
  readonly source: string;
  /** For a local group its name. */
  readonly externalId: string;
  readonly name: string;
};

export const LOCAL = "local";

/** How a group is named outside: a local one by its name, another as `source:externalId`. */
export function refOf({ source, externalId }: Pick<Group, "source" | "externalId">): string {
  return source === LOCAL ? externalId : `${source}:${externalId}`;
}

/** What a ref names. A local name has no colon, so the first colon ends the source. */
export function parseRef(ref: string): Pick<Group, "source" | "externalId"> {
  const colon = ref.indexOf(":");
  if (colon < 0) return { source: LOCAL, externalId: ref };
  return { source: ref.slice(0, colon), externalId: ref.slice(colon + 1) };
}
