import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type KeyView, keyView } from "./view";

/** Earlier keys listed; those that are used or come next are all there. */
const MOST_EARLIER = 200;

const COLUMNS = { kid: true, purpose: true, state: true, createdAt: true, activatedAt: true, retiredAt: true } as const;

type Listed = { readonly items: readonly KeyView[]; readonly nextCursor: null; readonly previousCursor: null };

/**
 * The keys of the key table by name, those in use first, of the earlier ones the latest. What wraps them is not read.
 * @returns `forbidden` for who may not look at the settings
 */
export async function readKeys(viewer: Viewer): Promise<Result<Listed>> {
  if (!can(viewer, "settings.read")) return refuse("forbidden", "Only administrators and auditors look at the keys.");
  const orderBy = [{ createdAt: "desc" as const }, { kid: "asc" as const }];
  const [used, earlier] = await Promise.all([
    database().key.findMany({
      where: { state: { in: ["active", "next"] } },
      orderBy: [{ state: "desc" }, ...orderBy],
      select: COLUMNS,
    }),
    database().key.findMany({
      where: { state: { in: ["retired", "leaked"] } },
      ...{ orderBy: [{ retiredAt: "desc" as const }, ...orderBy], select: COLUMNS, take: MOST_EARLIER },
    }),
  ]);
  const at = now();
  const items = [...used, ...earlier].flatMap((row) => keyView(row, at) ?? []);
  return ok({ items, nextCursor: null, previousCursor: null });
}
