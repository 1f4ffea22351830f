import { APPLICATION_EVENTS } from "#lib/applications/events";
import { DELEGATION_EVENTS } from "#lib/delegations/events";
import { FACTOR_EVENTS } from "#lib/factors/events";
import { GATEWAY_EVENTS } from "#lib/gateways/events";
import { GROUP_EVENTS } from "#lib/groups/events";
import { JOURNAL_EVENTS } from "#lib/journal/events";
import { KEY_EVENTS } from "#lib/keys/events";
import { NETWORK_EVENTS } from "#lib/networks/events";
import { POLICY_EVENTS } from "#lib/policies/events";
import { SESSION_EVENTS } from "#lib/sessions/events";
import { INSTALLATION_EVENTS } from "#lib/settings/events";
import { TOKEN_EVENTS } from "#lib/tokens/events";
import { USER_EVENTS } from "#lib/users/events";
import { VIEW_EVENTS } from "#lib/views/events";
import type { EventKind, Json } from "./define";
import { LOG_EVENTS } from "./events";

/** What can happen: the closed vocabulary of the audit log. Each noun says its own. */
export const EVENTS = {
  ...INSTALLATION_EVENTS,
  ...JOURNAL_EVENTS,
  ...USER_EVENTS,
  ...SESSION_EVENTS,
  ...FACTOR_EVENTS,
  ...GROUP_EVENTS,
  ...POLICY_EVENTS,
  ...DELEGATION_EVENTS,
  ...NETWORK_EVENTS,
  ...APPLICATION_EVENTS,
  ...GATEWAY_EVENTS,
  ...TOKEN_EVENTS,
  ...VIEW_EVENTS,
  ...KEY_EVENTS,
  ...LOG_EVENTS,
} as const;

export type AuditAction = keyof typeof EVENTS;

export const ACTIONS = Object.keys(EVENTS) as readonly AuditAction[];

type DetailOf<Kind> =
  Kind extends EventKind<infer Before, infer After> ? { readonly before: Before; readonly after: After } : never;

/** What a command says happened; `execute` adds actor, time, address and the place in the chain. Never a secret. */
export type AuditEntry<Action extends AuditAction = AuditAction> = {
  readonly [Each in Action]: {
    readonly action: Each;
    readonly subject: { readonly id: string | null; readonly name: string };
    readonly detail: DetailOf<(typeof EVENTS)[Each]>;
  };
}[Action];

/** An event as stored, perhaps by another version: nothing in it is sure to be of today's vocabulary. `at` is epoch milliseconds. */
export type AuditEvent = {
  readonly seq: bigint;
  readonly at: number;
  readonly actor: AuditActor;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly detail: { readonly before: Json; readonly after: Json };
  readonly address: string | null;
};

/** `kind`: user, token, cli or system. */
export type AuditActor = { readonly kind: string; readonly id: string | null; readonly name: string };
