import type { Restrictions } from "#lib/tokens/restrictions/restrictions";
import type { TokenView } from "#lib/tokens/view";
import { dateIn, endOfDay } from "../../ui/zoned";
import { partsOf } from "../new/draft";
import { restrictionsTyped, type TypedRestrictions, typedOf } from "../restrictions/typed";

/** What the form holds, as typed. */
export type EditDraft = {
  readonly name: string;
  readonly description: string;
  readonly contact: string;
  readonly labels: string;
  readonly applications: readonly string[] | "all";
  readonly access: "read" | "write";
  readonly ranges: string;
  /** The last day in the reader's zone; empty = never. */
  readonly lastDay: string;
  readonly narrowing: TypedRestrictions;
};

type Editable = Pick<
  TokenView,
  | "name"
  | "description"
  | "contact"
  | "labels"
  | "applications"
  | "access"
  | "ipRanges"
  | "expiresAt"
  | keyof Restrictions
>;

/** The form as it opens. */
export function draftOf(token: Editable, zone: string): EditDraft {
  const { name, description, contact, applications, access } = token;
  return {
    ...{ name, description, contact, applications, access },
    labels: token.labels.join(", "),
    ranges: token.ipRanges.join("\n"),
    lastDay: token.expiresAt === null ? "" : dateIn(Date.parse(token.expiresAt), zone),
    narrowing: typedOf(token, zone),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is sent: only what differs from the form as it opened, so that what nobody touched stays to the second.
 * @returns undefined for a last day that is none
 */
export function changesOf(token: Editable, draft: EditDraft, zone: string): Record<string, unknown> | undefined {
  const opened = draftOf(token, zone);
  const { name, description, contact, applications, access } = draft;
  const end = draft.lastDay === "" ? null : endOfDay(draft.lastDay, zone);
  if (draft.lastDay !== "" && end === null) return undefined;
  const wanted = {
    ...{ name, description, contact, applications, access },
    labels: partsOf(draft.labels),
    ipRanges: partsOf(draft.ranges),
    expiresAt: end === null ? null : new Date(end).toISOString(),
    ...restrictionsTyped(draft.narrowing),
  };
  const before = restrictionsTyped(opened.narrowing);
  const touched: Readonly<Record<keyof typeof wanted, boolean>> = {
    name: name !== opened.name,
    description: description !== opened.description,
    contact: contact !== opened.contact,
    applications: !same(applications, opened.applications),
    access: access !== opened.access,
    labels: draft.labels !== opened.labels,
    ipRanges: draft.ranges !== opened.ranges,
    expiresAt: draft.lastDay !== opened.lastDay,
    headerConditions: !same(wanted.headerConditions, before.headerConditions),
    pathRules: !same(wanted.pathRules, before.pathRules),
    timeWindow: !same(wanted.timeWindow, before.timeWindow),
    rateLimit: !same(wanted.rateLimit, before.rateLimit),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([field]) => touched[field as keyof typeof wanted]));
}
