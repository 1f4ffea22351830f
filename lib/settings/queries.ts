import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { type Result, refuse } from "#lib/errors/error";
import { countByPrefix, readSettingsView } from "./store-change";
import type { SettingsView } from "./view";

/** Whether the first admin is still to be made. Visitors may know: the sign-in page tells them what to do. */
export async function setupState(): Promise<{ open: boolean }> {
  const setup = await database().setup.findUnique({ where: { id: 1 }, select: { completedAt: true } });
  return { open: setup !== null && setup.completedAt === null };
}

/** The settings of the installation. @returns `forbidden` for who may not look at them */
export async function readSettings(viewer: Viewer): Promise<Result<SettingsView>> {
  if (can(viewer, "settings.read")) return readSettingsView(database());
  return refuse("forbidden", "Only administrators and auditors look at the settings.");
}

/** What the page about the settings says: also how many tokens that have not ended bear each retired prefix. */
export type SettingsFacts = {
  readonly settings: SettingsView;
  readonly retired: readonly { readonly prefix: string; readonly tokens: number }[];
  /** Applications that a ceiling may name. */
  readonly applications: readonly { readonly key: string; readonly name: string }[];
};

/** @returns null for who may not look at the settings */
export async function findSettings(viewer: Viewer): Promise<SettingsFacts | null> {
  const found = await readSettings(viewer);
  if (!found.ok) return null;
  const db = database();
  const bearing = await countByPrefix(db, found.value.retiredPrefixes, now());
  const applications = await db.application.findMany({ orderBy: { name: "asc" }, select: { key: true, name: true } });
  const retired = found.value.retiredPrefixes.map((prefix) => ({ prefix, tokens: bearing.get(prefix) ?? 0 }));
  return { settings: found.value, retired, applications };
}
