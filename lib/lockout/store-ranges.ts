import type { Viewer } from "#lib/access/viewer";
import type { Database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Network } from "#lib/networks/network";
import { compileRanges, coversRanges, type RangeSet } from "#lib/networks/range-set";
import { rangesKnown, readSettingsView } from "#lib/settings/store-change";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { byLimits, byRanges, isNoNarrower, leftOutside } from "./by-ranges";
import type { LockoutDraft } from "./draft-schema";
import type { Foreseen } from "./lockout";
import { rulesNaming } from "./naming";
import { LUMPED, readAddresses, readContacts, readSeenFrom } from "./store";
import { countHeld, readListsNaming } from "./store-network";

export type Asked = { readonly db: Database; readonly viewer: Viewer; readonly now: number; readonly since: Date };

type Networks = ReadonlyMap<string, Network>;
type Addresses = Awaited<ReturnType<typeof readAddresses>>;
type Installation = Awaited<ReturnType<typeof readInstallationFacts>>;

const NOTHING: Foreseen = { losses: [], unknown: [] };
const EVERYWHERE = compileRanges(["0.0.0.0/0", "::/0"], new Map());

/** Null where they restrict nobody, however that is written. */
function compiled(entries: readonly string[], networks: Networks): RangeSet | null {
  const set = compileRanges(entries, networks);
  return entries.length === 0 || coversRanges(set, EVERYWHERE) ? null : set;
}

const addressOf = (viewer: Viewer): string | null => ("address" in viewer ? viewer.address : null);

/** By the installation's own ranges, as they are and as they would be. */
async function ofInstallation(
  { db, viewer, now, since }: Asked,
  { applications }: Pick<Installation, "applications">,
  { addresses, looked }: Addresses,
  ranges: readonly [before: RangeSet | null, after: RangeSet | null],
): Promise<Foreseen> {
  if (isNoNarrower(ranges)) return NOTHING;
  const outside = leftOutside(addresses, ranges);
  const contacts = await readContacts(db, since);
  return byRanges({
    ...{ outside, ranges, applications, looked, own: addressOf(viewer) },
    seen: await readSeenFrom(db, outside, since, now),
    gateways: contacts.map(({ gatewayKey, lastAddress }) => ({ key: gatewayKey, lastAddress })),
    lumped: addresses.includes(LUMPED),
  });
}

/** Other ranges of the installation. */
export async function ofRanges(
  asked: Asked,
  draft: Extract<LockoutDraft, { change: "settings.ranges" }>,
): Promise<Result<Foreseen>> {
  const { db, since } = asked;
  const [before, known] = [await readSettingsView(db), await rangesKnown(db, draft.ranges)];
  if (!before.ok) return before;
  if (!known.ok) return known;
  const facts = await readInstallationFacts(db);
  const ranges = [compiled(before.value.ranges, facts.networks), compiled(draft.ranges, facts.networks)] as const;
  if (isNoNarrower(ranges)) return ok(NOTHING);
  return ok(await ofInstallation(asked, facts, await readAddresses(db, since), ranges));
}

/** Other ranges of a network, for everything that names it: the installation, rules, and tokens themselves. */
export async function ofNetwork(
  asked: Asked,
  draft: Extract<LockoutDraft, { change: "network.edit" }>,
): Promise<Result<Foreseen>> {
  const { db, since, now } = asked;
  const row = await db.network.findUnique({ where: { id: draft.id }, select: { name: true, ranges: true } });
  if (row === null) return refuse("not_found", "There is no such network.");
  const { name, ranges } = row;
  const facts = await readInstallationFacts(db);
  const before: Networks = new Map([...facts.networks, [name, { name, ranges }]]);
  const after: Networks = new Map([...before, [name, { name, ranges: draft.ranges ?? ranges }]]);
  const both = (entries: readonly string[]) => [compiled(entries, before), compiled(entries, after)] as const;
  if (coversRanges(compileRanges([name], after), compileRanges([name], before))) return ok(NOTHING);

  const seen = await readAddresses(db, since);
  const lost = (entries: readonly string[]) => leftOutside(seen.addresses, both(entries));
  const installation = facts.settings.ranges.includes(name)
    ? await ofInstallation(asked, facts, seen, both(facts.settings.ranges))
    : NOTHING;
  const rules = rulesNaming(name, facts);
  const lists = await readListsNaming(db, name, now);
  const held = [
    ...rules.map(({ whose, ranges }) => ({ whose, addresses: lost(ranges) })),
    ...(lists.length === 0 ? [] : [{ lists: lists.map((each) => ({ ranges: each, addresses: lost(each) })) }]),
  ];
  const counts = await countHeld(db, held, { since, now, policies: facts.policies });
  const words = [...rules.map(({ what }) => what), "their own ranges"];
  const named = counts.map((count, n) => ({ ...count, what: words[n] ?? "" }));
  const limits = byLimits(named, { looked: seen.looked, lumped: seen.addresses.includes(LUMPED) });
  return ok({
    losses: [...installation.losses, ...limits.losses],
    unknown: [...new Set([...installation.unknown, ...limits.unknown])],
  });
}
