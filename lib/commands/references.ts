import type { Database, Transaction } from "#lib/db/client";
import { type FieldError, ok, type Result, refuse } from "#lib/errors/error";
import { LOCAL, parseRef, refOf } from "#lib/groups/group";
import { meansAddress } from "#lib/networks/range-set";
import { holdNetworks } from "#lib/networks/store";
import type { Applications } from "#lib/policies/limits";
import { foldName } from "#lib/users/name";
import type { Role } from "#lib/users/user";

/** What names of other things in a command's input stand for; names that stand for nothing are errors of their field. */
export type FoundGroup = { readonly id: string; readonly ref: string; readonly role: Role };
export type FoundUser = { readonly id: string; readonly username: string };

function each<T>(
  names: readonly string[],
  found: ReadonlyMap<string, T>,
  keyOf: (name: string) => string,
  error: (name: string, index: number) => FieldError,
): Result<T[]> {
  const errors = names.flatMap((name, index) => (found.has(keyOf(name)) ? [] : [error(name, index)]));
  if (errors.length > 0) return refuse("invalid_input", errors[0]?.message ?? "", errors);
  // Named twice is meant once.
  const keys = new Set(names.map(keyOf));
  return ok([...found].flatMap(([key, value]) => (keys.has(key) ? [value] : [])));
}

/**
 * Finds groups by ref.
 * @param path of the list in the input, for errors
 */
export async function findGroups(
  tx: Transaction,
  refs: readonly string[],
  path: string,
): Promise<Result<FoundGroup[]>> {
  const rows =
    refs.length === 0
      ? []
      : await tx.group.findMany({
          where: { OR: refs.map(parseRef) },
          select: { id: true, source: true, externalId: true, role: { select: { role: true } } },
        });
  const found = new Map<string, FoundGroup>(
    rows.map((row) => [refOf(row), { id: row.id, ref: refOf(row), role: row.role?.role ?? "user" }]),
  );
  return each(
    refs,
    found,
    (ref) => refOf(parseRef(ref)),
    (ref, index) => ({ path: `${path}.${index}`, message: `There is no group ${ref}.` }),
  );
}

/** Finds local groups: the members of others are delivered by their directory. */
export async function findLocalGroups(
  tx: Transaction,
  refs: readonly string[],
  path: string,
): Promise<Result<FoundGroup[]>> {
  const errors = refs.flatMap((ref, index) =>
    parseRef(ref).source === LOCAL ? [] : [delivered(ref, `${path}.${index}`)],
  );
  return errors.length > 0 ? refuse("invalid_input", errors[0]?.message ?? "", errors) : findGroups(tx, refs, path);
}

const delivered = (ref: string, path: string): FieldError => ({
  path,
  message: `The members of ${ref} come from its directory. Change them there.`,
});

/** Finds users by username, whatever its case. */
export async function findUsers(tx: Transaction, names: readonly string[], path: string): Promise<Result<FoundUser[]>> {
  const rows = await tx.user.findMany({
    where: { usernameKey: { in: names.map(foldName) } },
    select: { id: true, username: true, usernameKey: true },
  });
  const found = new Map(rows.map(({ id, username, usernameKey }) => [usernameKey, { id, username }]));
  return each(names, found, foldName, (username, index) => ({
    path: `${path}.${index}`,
    message: `There is no user ${username}.`,
  }));
}

/**
 * Finds applications by key, the portal's own included.
 * @param pathOf the field of the input that a key stands in
 */
export async function findApplications(
  db: Database | Transaction,
  keys: readonly string[],
  pathOf: (key: string, index: number) => string,
): Promise<Result<{ id: string; key: string }[]>> {
  // Held until the transaction ends, so that none is deleted while something comes to name it.
  const rows =
    keys.length === 0
      ? []
      : await db.$queryRaw<{ id: string; key: string }[]>`
          SELECT id::text, key FROM applications WHERE key = ANY(${[...keys]}::text[]) ORDER BY key FOR SHARE`;
  const found = new Map(rows.map((row) => [row.key, row]));
  return each(
    keys,
    found,
    (key) => key,
    (key, index) => ({ path: pathOf(key, index), message: `There is no application ${key}.` }),
  );
}

/**
 * Looks for networks that ranges name and that do not exist; the others are held.
 * @param path of the list in the input
 * @returns an error for each; none when all is known
 */
export async function unknownRanges(tx: Transaction, ranges: readonly string[], path: string): Promise<FieldError[]> {
  const names = ranges.filter((each) => !meansAddress(each));
  const known = await holdNetworks(tx, names);
  return ranges.flatMap((range, index) =>
    meansAddress(range) || known.has(range)
      ? []
      : [{ path: `${path}.${index}`, message: `There is no network ${range}.` }],
  );
}

/** What of limits names something else. */
type Naming = { readonly applications?: Applications | undefined; readonly ranges?: readonly string[] | undefined };

/**
 * Looks for applications and networks that limits name and that do not exist.
 * @param path of the limits in the input
 * @returns an error for each; none when all is known
 */
export async function unknownInLimits(tx: Transaction, limits: Naming | null, path: string): Promise<FieldError[]> {
  const keys = limits?.applications === undefined || limits.applications === "all" ? [] : limits.applications;
  const applications = await findApplications(tx, keys, (_key, index) => `${path}.applications.${index}`);
  const networks = await unknownRanges(tx, limits?.ranges ?? [], `${path}.ranges`);
  return [...(applications.ok ? [] : applications.refusal.errors), ...networks];
}
