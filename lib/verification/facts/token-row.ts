import type { Access, Applications } from "#lib/policies/limits";
import type { Grant, Token, Waiver } from "#lib/tokens/token";
import type { UserKind } from "#lib/users/user";
import type { OwnerFacts, TokenFacts } from "./model";
import type { Sharing } from "./sharing";

/** A row that is not what the schema promises. Its token is not judged, and everybody else's is. */
export class UnreadableRow extends Error {
  override readonly name = "UnreadableRow";
}

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

/**
 * One token with its owner as a JSON array, in the order in which `readTokenRow` takes it apart.
 * JSON of restrictions says nothing when it is null or empty, whatever kind of emptiness. OFFSET 0 keeps the planner
 * from walking all groups for each owner, which it likes to do while there are few.
 */
export const TOKEN_ROW = `json_build_array(
  encode(t.digest, 'hex'), t.id, t.name, t.grant_by, t.delegation_id, t.all_applications, t.applications, t.access,
  t.ip_ranges, ${ms("t.created_at")}, ${ms("t.secret_born_at")}, ${ms("t.expires_at")}, ${ms("t.revoked_at")},
  ${ms("t.denied_at")}, ${ms("t.suspended_at")}, ${ms("t.superseded_at")}, ${ms("t.overlap_ends_at")},
  ${ms("t.waiver_until")}, t.waiver_access, t.waiver_all_applications, t.waiver_applications, t.waiver_ip_ranges,
  array_remove(ARRAY[
    CASE WHEN t.header_conditions NOT IN ('[]', 'null') THEN 'headerConditions' END,
    CASE WHEN cardinality(t.path_rules) > 0 THEN 'pathRules' END,
    CASE WHEN t.time_window <> 'null' THEN 'timeWindow' END,
    CASE WHEN t.rate_limit <> 'null' THEN 'rateLimit' END], NULL),
  u.id, u.username, u.kind, ${ms("u.deactivated_at")},
  (SELECT json_agg(a.key) FROM user_aliases a WHERE a.user_id = u.id),
  (SELECT json_object_agg(p.key, n.name) FROM user_names n, LATERAL
    (SELECT key FROM applications WHERE id = n.application_id OFFSET 0) p WHERE n.user_id = u.id),
  (SELECT json_agg(json_build_array(g.id, g.ref) ORDER BY g.ref) FROM memberships m, LATERAL
    (SELECT id, CASE WHEN source = 'local' THEN external_id ELSE source || ':' || external_id END AS ref
     FROM groups WHERE id = m.group_id OFFSET 0) g WHERE m.user_id = u.id))`;

const text = (value: unknown): string => {
  if (typeof value !== "string") throw new UnreadableRow("a text is missing");
  return value;
};
const yesOrNo = (value: unknown): boolean => {
  if (typeof value !== "boolean") throw new UnreadableRow("a yes or no is missing");
  return value;
};
/** A date that cannot be compared (infinity) would never come. */
const time = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new UnreadableRow("a time is none");
  return value;
};
const timeOrNull = (value: unknown): number | null => (value === null ? null : time(value));
const list = (value: unknown): readonly unknown[] => {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new UnreadableRow("a list is none");
  return value;
};
const access = (value: unknown): Access => {
  if (value !== "read" && value !== "write") throw new UnreadableRow("an access is none");
  return value;
};
const kind = (value: unknown): UserKind => {
  if (value !== "person" && value !== "service") throw new UnreadableRow("a kind of user is none");
  return value;
};

function grantOf(by: unknown, delegationId: unknown): Grant {
  if (by === "tier") return TIER;
  if (by === "delegation") return { by, delegationId: text(delegationId) };
  throw new UnreadableRow("a grant is none");
}
const TIER: Grant = Object.freeze({ by: "tier" });

const NO_NAMES: Readonly<Record<string, string>> = Object.freeze({});

function namesOf(value: unknown): Readonly<Record<string, string>> {
  if (value === null) return NO_NAMES;
  if (typeof value !== "object") throw new UnreadableRow("names per application are none");
  // Without a prototype: an application may be called `constructor`.
  const names: Record<string, string> = Object.create(null);
  for (const [key, name] of Object.entries(value)) names[key] = text(name);
  return names;
}

/**
 * Reads what `TOKEN_ROW` built, quickly: this runs for every look-up. Throws UnreadableRow.
 * @param sharing where equal lists and groups become the same object
 */
export function readTokenRow(row: unknown, sharing: Sharing): { readonly digest: string; readonly facts: TokenFacts } {
  const cells = list(row);
  const texts = (value: unknown) => sharing.texts(list(value).map(text));
  const applications = (all: unknown, keys: unknown): Applications => (yesOrNo(all) ? "all" : texts(keys));
  const owner: OwnerFacts = {
    id: text(cells[23]),
    username: text(cells[24]),
    kind: kind(cells[25]),
    deactivatedAt: timeOrNull(cells[26]),
    aliases: texts(cells[27]),
    usernames: namesOf(cells[28]),
    groups: sharing.groups(
      list(cells[29]).map((group) => {
        const [id, ref] = list(group);
        return { id: text(id), ref: text(ref) };
      }),
    ),
  };
  const waiver: Waiver | null =
    cells[17] === null
      ? null
      : {
          until: time(cells[17]),
          keeps: {
            access: access(cells[18]),
            applications: applications(cells[19], cells[20]),
            ipRanges: texts(cells[21]),
          },
        };
  const token: Token = {
    id: text(cells[1]),
    name: text(cells[2]),
    ownerId: owner.id,
    grant: grantOf(cells[3], cells[4]),
    waiver,
    applications: applications(cells[5], cells[6]),
    access: access(cells[7]),
    ipRanges: texts(cells[8]),
    createdAt: time(cells[9]),
    secretBornAt: timeOrNull(cells[10]),
    expiresAt: timeOrNull(cells[11]),
    revokedAt: timeOrNull(cells[12]),
    deniedAt: timeOrNull(cells[13]),
    suspendedAt: timeOrNull(cells[14]),
    supersededAt: timeOrNull(cells[15]),
    overlapEndsAt: timeOrNull(cells[16]),
    unknownRestrictions: texts(cells[22]),
  };
  return { digest: text(cells[0]), facts: { token, owner } };
}
