/** What can happen, and to what kind of thing: the closed vocabulary of the audit log. */
export const AUDIT_ACTIONS = {
  "installation.created": "installation",
  "setup.opened": "installation",
  "setup.completed": "installation",
  "user.created": "user",
  "user.edited": "user",
  "user.deleted": "user",
  "user.deactivated": "user",
  "user.reactivated": "user",
  "user.signed-in": "user",
  "user.signed-out": "user",
  "user.confirmed": "user",
  "user.password-changed": "user",
  "group.created": "group",
  "group.edited": "group",
  "group.deleted": "group",
  "group.members-added": "group",
  "group.members-removed": "group",
  "policy.created": "policy",
  "delegation.created": "delegation",
  "network.created": "network",
  "network.edited": "network",
  "network.deleted": "network",
  "application.created": "application",
  "application.edited": "application",
  "gateway.created": "gateway",
  "gateway.edited": "gateway",
  "gateway.secret-rotated": "gateway",
  "token.created": "token",
  "token.issued": "token",
  "token.suspended": "token",
  "token.resumed": "token",
  "token.rotated": "token",
  "token.revoked": "token",
  "key.rotated": "key",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a command says happened; `execute` adds actor, time, address and the place in the chain. Never a secret. */
export type AuditEntry = {
  readonly action: AuditAction;
  readonly subject: { readonly id: string | null; readonly name: string };
  readonly detail: { readonly before: Json; readonly after: Json };
};

export type AuditActor = {
  readonly kind: "user" | "token" | "cli" | "system";
  readonly id: string | null;
  readonly name: string;
};

/** An event as stored and shown. `at` is epoch milliseconds. */
export type AuditEvent = AuditEntry & {
  readonly seq: bigint;
  readonly at: number;
  readonly actor: AuditActor;
  readonly address: string | null;
};
