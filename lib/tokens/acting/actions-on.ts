import { ok, type Result, refuse } from "#lib/errors/error";
import { permitsLink } from "../claims/claim";
import { datedOf } from "../row";
import { hasEnded } from "../status";
import type { TokenView } from "../view";
import { permitsEditing } from "./plan-edit";
import { planRotation, type RotationSubject } from "./plan-rotation";
import { mayEnd, mayResume, type Standing, suspendsAsOwner } from "./standing";

export const TOKEN_ACTIONS = ["revoke", "suspend", "resume", "rotate", "edit", "link"] as const;

export type TokenAction = (typeof TOKEN_ACTIONS)[number];

/** Whether somebody may do something to a token; `reason` says why not, null when they may. */
export type Verdict = { readonly allowed: boolean; readonly reason: string | null };

/** What somebody may do to a token now. */
export type May = Readonly<Record<TokenAction, Verdict>>;

/** A token, by what rules, and who asks. */
export type ActionSubject = RotationSubject;

type Ending = Pick<ActionSubject, "row" | "standing">;

/** Ending what has ended changes nothing, and is no mistake. @returns `forbidden` */
export function permitsRevoking({ standing }: Ending): Result<undefined> {
  return mayEnd(standing);
}

/** @param now epoch milliseconds @returns `forbidden`, `ended` */
export function permitsSuspending({ row, standing }: Ending, now: number): Result<undefined> {
  const may = mayEnd(standing);
  if (!may.ok) return may;
  return hasEnded(datedOf(row), now) ? refuse("ended", "It has ended; there is nothing to suspend.") : ok(undefined);
}

/** @param now epoch milliseconds @returns `forbidden`, `ended` */
export function permitsResuming({ row, standing }: Ending, now: number): Result<undefined> {
  const may = mayEnd(standing);
  if (!may.ok) return may;
  if (hasEnded(datedOf(row), now)) return refuse("ended", "It has ended and cannot be resumed. Create a new one.");
  if (row.suspendedAt === null) return ok(undefined);
  return mayResume(standing, { byOwner: row.suspendedByOwner, by: row.suspendedBy });
}

type Suspension = Pick<ActionSubject["row"], "suspendedAt" | "suspendedByOwner">;

/** Whether suspending changes nothing: what the owner suspended somebody with power over it may take over. */
export function isHeld({ suspendedAt, suspendedByOwner }: Suspension, standing: Standing): boolean {
  return suspendedAt !== null && (!suspendedByOwner || suspendsAsOwner(standing));
}

/** Why doing it would change nothing; the commands let that pass, and no page offers it. */
const POINTLESS: Readonly<Record<TokenAction, (subject: ActionSubject, now: number) => string | null>> = {
  revoke: ({ row }, now) => (hasEnded(datedOf(row), now) ? "It has ended already." : null),
  suspend: ({ row, standing }) => (isHeld(row, standing) ? "It is suspended already." : null),
  resume: ({ row }) => (row.suspendedAt === null ? "It is not suspended." : null),
  rotate: () => null,
  edit: () => null,
  link: () => null,
};

const PERMITS: Readonly<Record<TokenAction, (subject: ActionSubject, now: number) => Result<unknown>>> = {
  revoke: permitsRevoking,
  suspend: permitsSuspending,
  resume: permitsResuming,
  rotate: planRotation,
  edit: permitsEditing,
  link: (subject, now) => permitsLink(subject.viewer, subject, now),
};

/** Who only has to prove again that it is them may: the page asks them for that. */
function verdictOn(action: TokenAction, subject: ActionSubject, now: number): Verdict {
  const permitted = PERMITS[action](subject, now);
  const reason =
    permitted.ok || permitted.refusal.code === "step_up_required"
      ? POINTLESS[action](subject, now)
      : permitted.refusal.detail;
  return { allowed: reason === null, reason };
}

/**
 * What somebody may do to a token, by the same functions that the commands go by; what would change nothing is left out.
 * @param now epoch milliseconds
 */
export function actionsOn(subject: ActionSubject, now: number): May {
  return {
    revoke: verdictOn("revoke", subject, now),
    suspend: verdictOn("suspend", subject, now),
    resume: verdictOn("resume", subject, now),
    rotate: verdictOn("rotate", subject, now),
    edit: verdictOn("edit", subject, now),
    link: verdictOn("link", subject, now),
  };
}

/** A token as a page shows it to somebody: with what they may do to it. */
export type OfferedToken = TokenView & { readonly may: May };
