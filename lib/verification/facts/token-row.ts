import type { Access, Applications } from "#lib/policies/limits";
import { FREE, type Restricted } from "#lib/tokens/restrictions/restricted";
import type { Grant, Token, Waiver } from "#lib/tokens/token";
import type { UserKind } from "#lib/users/user";
import type { OwnerFacts, TokenFacts } from "./model";
import type { Sharing } from "./sharing";
import { AT } from "./token-cells";
import { compiledCell, isListed } from "./token-restrictions";

/** A row that is not what the schema promises. Its token is not judged, and everybody else's is. */
export class UnreadableRow extends Error {
  override readonly name = "UnreadableRow";
}

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
/** Columns that are lists are never null: an unknown restriction must not read as none. */
const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new UnreadableRow("a list is none");
  return value;
};
/** What was aggregated from no rows is null. */
const listOrNone = (value: unknown): readonly unknown[] => (value === null ? [] : list(value));
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

/** Names by application, without a prototype: an application may be called `constructor`. */
const noNames = (): Record<string, string> => Object.create(null);
const NO_NAMES: Readonly<Record<string, string>> = Object.freeze(noNames());

function namesOf(value: unknown): Readonly<Record<string, string>> {
  if (value === null) return NO_NAMES;
  if (typeof value !== "object") throw new UnreadableRow("names per application are none");
  const names = noNames();
  for (const [key, name] of Object.entries(value)) names[key] = text(name);
  return names;
}

function ownerOf(cells: readonly unknown[], sharing: Sharing): OwnerFacts {
  return {
    id: text(cells[AT.ownerId]),
    username: text(cells[AT.username]),
    kind: kind(cells[AT.ownerKind]),
    deactivatedAt: timeOrNull(cells[AT.deactivatedAt]),
    aliases: sharing.texts(listOrNone(cells[AT.aliases]).map(text)),
    usernames: namesOf(cells[AT.usernames]),
    groups: sharing.groups(
      listOrNone(cells[AT.groups]).map((group) => {
        const [id, ref] = list(group);
        return { id: text(id), ref: text(ref) };
      }),
    ),
  };
}

function restricted(cell: unknown, sharing: Sharing): Restricted {
  if (cell === null) return FREE;
  try {
    return sharing.restricted(JSON.stringify(cell), () => compiledCell(cell));
  } catch {
    throw new UnreadableRow("a restriction is not what was stored");
  }
}

/** The digest in a row, also in one that cannot be read otherwise; null where even that is not there. */
export function digestIn(row: unknown): string | null {
  const digest: unknown = Array.isArray(row) ? row[AT.digest] : null;
  return typeof digest === "string" ? digest : null;
}

/**
 * Reads what `TOKEN_ROW` built, quickly: this runs for every look-up. Throws UnreadableRow.
 * @param sharing where equal lists and groups become the same object
 */
export function readTokenRow(row: unknown, sharing: Sharing): { readonly digest: string; readonly facts: TokenFacts } {
  const cells = list(row);
  const texts = (value: unknown) => sharing.texts(list(value).map(text));
  const applications = (all: unknown, keys: unknown): Applications => (yesOrNo(all) ? "all" : texts(keys));
  const owner = ownerOf(cells, sharing);
  const waiver: Waiver | null =
    cells[AT.waiverUntil] === null
      ? null
      : {
          until: time(cells[AT.waiverUntil]),
          keeps: {
            access: access(cells[AT.waiverAccess]),
            applications: applications(cells[AT.waiverAllApplications], cells[AT.waiverApplications]),
            ipRanges: texts(cells[AT.waiverIpRanges]),
          },
        };
  const token: Token = {
    id: text(cells[AT.id]),
    name: text(cells[AT.name]),
    ownerId: owner.id,
    grant: grantOf(cells[AT.grantBy], cells[AT.delegationId]),
    waiver,
    applications: applications(cells[AT.allApplications], cells[AT.applications]),
    access: access(cells[AT.access]),
    ipRanges: texts(cells[AT.ipRanges]),
    createdAt: time(cells[AT.createdAt]),
    secretBornAt: timeOrNull(cells[AT.secretBornAt]),
    expiresAt: timeOrNull(cells[AT.expiresAt]),
    revokedAt: timeOrNull(cells[AT.revokedAt]),
    deniedAt: timeOrNull(cells[AT.deniedAt]),
    suspendedAt: timeOrNull(cells[AT.suspendedAt]),
    supersededAt: timeOrNull(cells[AT.supersededAt]),
    overlapEndsAt: timeOrNull(cells[AT.overlapEndsAt]),
    restrictions: texts(cells[AT.restrictions]),
    restricted: restricted(cells[AT.restricted], sharing),
  };
  // Two words of the database about one thing: where they part, neither is believed.
  if (token.ipRanges.length > 0 !== token.restrictions.includes("ip_ranges"))
    throw new UnreadableRow("the list of restrictions is not kept");
  if (!isListed(token.restricted, token.restrictions)) throw new UnreadableRow("the list of restrictions is not kept");
  return { digest: text(cells[AT.digest]), facts: { token, owner } };
}
