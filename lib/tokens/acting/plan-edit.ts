import { isDeepStrictEqual } from "node:util";
import { delegationsOver } from "#lib/delegations/power";
import { ok, type Result, refuse } from "#lib/errors/error";
import { compileRanges } from "#lib/networks/range-set";
import type { Allowance } from "#lib/policies/allowance";
import { limitsFor } from "#lib/policies/limits-for";
import { judge } from "../making/judge";
import { judgeForm } from "../making/judge-making";
import { mayMake } from "../making/may-make";
import { type Objection, object, refusalOf } from "../making/objection";
import { widenings } from "../making/widening";
import type { Circumstances, Wish } from "../making/wish";
import type { Restrictions } from "../restrictions/restrictions";
import { applicationsOf, datedOf, restrictionsOfRow, type TokenRow } from "../row";
import { hasEnded } from "../status";
import type { RotationSubject } from "./plan-rotation";

/** A token that is to be changed, the applications that there are, and how whoever changes it stands to it. */
export type EditSubject = RotationSubject & {
  readonly rules: RotationSubject["rules"] & { readonly applications: readonly { readonly key: string }[] };
};

/** What is to be different; what is left out stays. */
export type Changes = Partial<Omit<Wish, "narrowing">> &
  Partial<Restrictions> & { readonly name?: string; readonly labels?: readonly string[] };

/** How the token will be. */
export type Edited = { readonly name: string; readonly labels: readonly string[]; readonly wish: Wish };

/** A token as it is. @returns `forbidden` where this version cannot read what narrows it */
export function asItIs(row: TokenRow): Result<Edited> {
  const narrowing = restrictionsOfRow(row);
  if (!narrowing.ok) return narrowing;
  const { name, labels, description, contact, access, ipRanges } = row;
  const expiresAt = row.expiresAt?.getTime() ?? null;
  const reach = { applications: applicationsOf(row), access, ipRanges, expiresAt, narrowing: narrowing.value };
  return ok({ name, labels, wish: { description, contact, ...reach } });
}

/** A token as an edit would leave it, without asking whether it may. */
export function edited(
  { name: named, labels: labelled, wish: before }: Edited,
  { name = named, labels = labelled, ...changes }: Changes,
): Edited {
  const { headerConditions, pathRules, timeWindow, rateLimit } = { ...before.narrowing, ...changes };
  const { description, contact, applications, access, ipRanges, expiresAt } = { ...before, ...changes };
  const narrowing = { headerConditions, pathRules, timeWindow, rateLimit };
  return { name, labels, wish: { description, contact, applications, access, ipRanges, expiresAt, narrowing } };
}

/** Holders edit what is theirs, others by a delegation with the power `manage`. */
function mayEdit({ standing, owner, rules }: RotationSubject): Result<undefined> {
  const manages = delegationsOver(standing.maker, owner, "manage", rules.delegations.values()).length > 0;
  return standing.holder || standing.maker === "operator" || manages
    ? ok(undefined)
    : refuse("forbidden", "No delegation lets you edit tokens of this owner.");
}

function isEditable(row: TokenRow, now: number): Result<undefined> {
  if (hasEnded(datedOf(row), now)) return refuse("ended", "It has ended and cannot be changed. Create a new one.");
  if (row.supersededAt !== null) {
    return refuse("stale", "It has been rotated. Edit its successor: what narrows that narrows both.");
  }
  const read = restrictionsOfRow(row);
  return read.ok ? ok(undefined) : read;
}

/** Whether there is anything that somebody may edit at a token. @returns `forbidden`, `ended`, `stale` */
export function permitsEditing(subject: RotationSubject, now: number): Result<undefined> {
  const may = mayEdit(subject);
  return may.ok ? isEditable(subject.row, now) : may;
}

/** What is wrong with it whoever wants it: unknown names, and an end that is over. */
function mistakes(before: Wish, { applications, ipRanges, expiresAt }: Wish, around: Circumstances): Objection[] {
  // What it names already may be gone since: that is no mistake of who edits it.
  const named = before.applications === "all" ? [] : before.applications;
  const known = (key: string) => around.applications.has(key) || named.includes(key);
  const unknown = applications === "all" ? [] : applications.filter((key) => !known(key));
  const strange = compileRanges(ipRanges, around.networks).unknown.filter((name) => !before.ipRanges.includes(name));
  const past = expiresAt !== null && expiresAt <= around.now;
  return [
    ...unknown.map((key) => object("invalid_input", "input", "applications", `There is no application ${key}`)),
    ...strange.map((name) => object("invalid_input", "input", "ipRanges", `There is no network ${name}`)),
    ...(past ? [object("invalid_input", "input", "expiresAt", "This lies in the past: revoke it instead")] : []),
  ];
}

/** Under what the holder may make such a token today; none for a token that was issued, or whose tier gives nothing. */
function ownAllowance({ row, owner, rules }: EditSubject): Result<Allowance | undefined> {
  if (row.grantBy !== "tier") return ok(undefined);
  const own = limitsFor({ userId: owner.id, role: owner.role, groupIds: owner.groupIds }, owner, "own", rules);
  return own.ok ? ok(own.value[0]) : own;
}

/** What is said about a token must stay said where the tier asks for it. */
function judgeWords(subject: EditSubject, before: Wish, after: Wish): Objection[] {
  const allowance = ownAllowance(subject);
  if (!allowance.ok || allowance.value === undefined) return [];
  const kept = new Set(judgeForm(before, allowance.value, subject.rules).map(({ error }) => error.path));
  return judgeForm(after, allowance.value, subject.rules).filter(({ error }) => !kept.has(error.path));
}

/**
 * Whoever holds a token of their own may widen it as far as they could make it today; nobody widens another. A rate that
 * was too high before, or missing, is minded only where it is widened itself.
 */
function mayWiden(
  subject: EditSubject,
  after: Wish,
  wider: readonly { readonly path: string }[],
  around: Circumstances,
): Result<undefined> {
  const { row, owner, standing } = subject;
  const self = standing.maker === "operator" || standing.maker.userId === owner.id;
  if (row.grantBy !== "tier") {
    return refuse("limit_exceeded", "An issued token can be narrowed, never widened. Ask for another one.");
  }
  if (!self) return refuse("forbidden", "Only its owner widens a token. You may narrow it.");
  const allowance = ownAllowance(subject);
  if (!allowance.ok) return allowance;
  if (allowance.value === undefined) return refuse("not_granted", "Nothing allows this token.");
  // Its place in the quota it has.
  const objections = judge(after, { ...allowance.value, quotas: [] }, around);
  const faster = wider.some(({ path }) => path === "rateLimit");
  return refusalOf(objections.filter(({ error }) => faster || error.path !== "rateLimit")) ?? ok(undefined);
}

/**
 * Whether a token may be changed so, and how it will be. Its lifetime counts from the secret's birth, so that no edit
 * creeps past it.
 * @param now epoch milliseconds
 * @returns `forbidden`, `ended`, `stale`, `invalid_input`, `limit_exceeded`, `not_granted`, `approval_required`,
 *   `step_up_required`
 */
export function planEdit(subject: EditSubject, changes: Changes, now: number): Result<Edited> {
  const { row, viewer, owner, rules } = subject;
  const editable = permitsEditing(subject, now);
  if (!editable.ok) return editable;
  const today = asItIs(row);
  if (!today.ok) return today;
  const { wish: before } = today.value;
  const next = edited(today.value, changes);
  const { wish } = next;
  const around: Circumstances = {
    now,
    bornAt: (row.secretBornAt ?? row.createdAt).getTime(),
    networks: rules.networks,
    applications: new Set(rules.applications.map(({ key }) => key)),
    active: { own: 0, issued: 0, held: 0 },
  };
  const wrong = refusalOf([...mistakes(before, wish, around), ...judgeWords(subject, before, wish)]);
  if (wrong !== null) return wrong;
  const wider = widenings(before, wish, rules.networks, { kind: "token", name: row.name });
  const widened = wider.length > 0 ? mayWiden(subject, wish, wider, around) : ok(undefined);
  if (!widened.ok) return widened;
  const reaches = wider.length > 0 || viewer.kind === "token";
  const may = reaches ? mayMake(viewer, owner.id, wish, rules.networks, now) : ok(undefined);
  return may.ok ? ok(next) : may;
}

/** Whether an edit leaves a token as it is. */
export function isUnchanged(row: TokenRow, next: Edited): boolean {
  const today = asItIs(row);
  return today.ok && isDeepStrictEqual(today.value, next);
}
