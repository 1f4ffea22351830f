import type { AuditAction } from "#lib/audit/event";
import type { End } from "./end";

/** An event of the audit log, as it was written. */
export type Happened = { readonly action: string; readonly subjectId: string | null; readonly detail: unknown };

type What = End["what"] | "nothing";

/**
 * What of each action a restored backup would undo to somebody's harm. What it only takes away again (a token, a
 * route) harms nobody: it is refused. What was added can have taken something away (a member has the tier of the group
 * with the highest priority, a second factor keeps others out, a claimed link was used up), so it is looked at.
 * Sessions need no line, since a quarantine ends them all.
 */
const WHAT: Readonly<Record<AuditAction, What>> = {
  "installation.created": "nothing",
  "installation.edited": "look",
  "installation.moved": "nothing",
  "installation.quarantined": "nothing",
  "installation.quarantine-ended": "nothing",
  "setup.opened": "nothing",
  "setup.completed": "nothing",
  "user.created": "nothing",
  "user.edited": "look",
  "user.deleted": "deactivate",
  "user.deactivated": "deactivate",
  "user.reactivated": "reactivate",
  "user.password-set": "look",
  "user.password-changed": "look",
  "user.signed-in": "nothing",
  "user.signed-out": "nothing",
  "user.sessions-ended": "nothing",
  "user.session-ended": "nothing",
  "user.confirmed": "nothing",
  "user.factor-begun": "nothing",
  "user.factor-added": "look",
  "user.factor-removed": "look",
  "user.factors-reset": "look",
  "user.recovery-codes-made": "look",
  "user.recovery-code-used": "look",
  "group.created": "nothing",
  "group.edited": "nothing",
  "group.deleted": "look",
  "group.members-added": "look",
  "group.members-removed": "look",
  "policy.created": "look",
  "policy.edited": "look",
  "policy.moved": "look",
  "policy.deleted": "look",
  "delegation.created": "nothing",
  "delegation.edited": "look",
  "delegation.deleted": "look",
  "network.created": "nothing",
  "network.edited": "look",
  "network.deleted": "look",
  "application.created": "nothing",
  "application.edited": "look",
  "application.deleted": "look",
  "application.probing-begun": "nothing",
  "application.probed": "nothing",
  "gateway.created": "nothing",
  "gateway.edited": "look",
  "gateway.deleted": "look",
  "gateway.secret-rotated": "look",
  "token.created": "nothing",
  "token.issued": "nothing",
  "token.claim-made": "nothing",
  "token.claimed": "look",
  "token.claim-voided": "look",
  "token.edited": "narrow",
  "token.suspended": "stop",
  "token.resumed": "go-on",
  "token.rotated": "end",
  "token.revoked": "end",
  "token.leak-reported": "end",
  "token.adjusted": "narrow",
  "token.bulk-begun": "nothing",
  "token.bulk-finished": "nothing",
  "token.exported": "nothing",
  "token.sought": "nothing",
  "token.usage-seen": "nothing",
  "token.waiver-given": "nothing",
  "token.waiver-changed": "narrow",
  "view.saved": "nothing",
  "view.deleted": "nothing",
  "key.rotated": "look",
  "key.rewrapped": "nothing",
  "log.checked": "nothing",
  "log.exported": "nothing",
};

/** What an edit can change without touching what anybody may. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  "token.edited": new Set(["name", "description", "contact", "labels"]),
  "user.edited": new Set(["displayName", "email", "lastSignInAt", "version"]),
};

const isKnown = (action: string): action is AuditAction => Object.hasOwn(WHAT, action);

/** The ends in an event. One of another version, of which nothing is known here, is to be looked at. */
export function endsOf({ action, subjectId: id, detail }: Happened): readonly End[] {
  const what = isKnown(action) ? WHAT[action] : "look";
  if (what === "nothing" || onlyWords(action, detail)) return [];
  const others = action === "token.rotated" ? stoppedIn(detail) : [];
  return [id, ...others].map((each) => ({ what, id: each, action }));
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

function onlyWords(action: string, detail: unknown): boolean {
  const words = isKnown(action) ? WORDS[action] : undefined;
  if (words === undefined) return false;
  const { before, after } = fieldsOf(detail);
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
  return [...names].every((name) => words.has(name) || JSON.stringify(old[name]) === JSON.stringify(fresh[name]));
}

/** Rotating ends the overlap of older ones too. */
function stoppedIn(detail: unknown): readonly string[] {
  const { stopped } = fieldsOf(fieldsOf(detail).after);
  return Array.isArray(stopped) ? stopped.filter((id): id is string => typeof id === "string") : [];
}
