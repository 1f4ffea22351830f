import { RESTRICTIONS_CELL } from "./token-restrictions";

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

/**
 * What is read of one token `t` and its owner `u`, by name. OFFSET 0 keeps the planner from walking all groups for each
 * owner, which it likes to do while there are few.
 */
const CELLS = {
  digest: "encode(t.digest, 'hex')",
  id: "t.id",
  name: "t.name",
  grantBy: "t.grant_by",
  delegationId: "t.delegation_id",
  allApplications: "t.all_applications",
  applications: "t.applications",
  access: "t.access",
  ipRanges: "t.ip_ranges",
  restrictions: "t.restrictions",
  restricted: RESTRICTIONS_CELL,
  createdAt: ms("t.created_at"),
  secretBornAt: ms("t.secret_born_at"),
  expiresAt: ms("t.expires_at"),
  revokedAt: ms("t.revoked_at"),
  deniedAt: ms("t.denied_at"),
  suspendedAt: ms("t.suspended_at"),
  supersededAt: ms("t.superseded_at"),
  overlapEndsAt: ms("t.overlap_ends_at"),
  waiverUntil: ms("t.waiver_until"),
  waiverAccess: "t.waiver_access",
  waiverAllApplications: "t.waiver_all_applications",
  waiverApplications: "t.waiver_applications",
  waiverIpRanges: "t.waiver_ip_ranges",
  ownerId: "u.id",
  username: "u.username",
  ownerKind: "u.kind",
  deactivatedAt: ms("u.deactivated_at"),
  aliases: "(SELECT json_agg(a.key) FROM user_aliases a WHERE a.user_id = u.id)",
  usernames: `(SELECT json_object_agg(p.key, n.name) FROM user_names n, LATERAL
    (SELECT key FROM applications WHERE id = n.application_id OFFSET 0) p WHERE n.user_id = u.id)`,
  groups: `(SELECT json_agg(json_build_array(g.id, g.ref) ORDER BY g.ref) FROM memberships m, LATERAL
    (SELECT id, CASE WHEN source = 'local' THEN external_id ELSE source || ':' || external_id END AS ref
     FROM groups WHERE id = m.group_id OFFSET 0) g WHERE m.user_id = u.id)`,
} as const;

export type TokenCell = keyof typeof CELLS;

const names = Object.keys(CELLS);

/** Where each cell stands in the array that `TOKEN_ROW` builds. */
export const AT = Object.freeze(Object.fromEntries(names.map((name, place) => [name, place]))) as Readonly<
  Record<TokenCell, number>
>;

/** One token with its owner as a JSON array: names would be sent anew with every row. */
export const TOKEN_ROW = `json_build_array(\n  ${Object.values(CELLS).join(",\n  ")})`;
