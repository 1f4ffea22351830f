export type UserKind = "person" | "service";

/** What may be done in the portal itself, mapped to groups explicitly. Ordered: user < auditor < admin. */
export type Role = "user" | "auditor" | "admin";

/** The facts about a person or service account that rules look at. */
export type Holder = {
  readonly id: string;
  readonly username: string;
  readonly kind: UserKind;
  readonly role: Role;
  readonly groupIds: readonly string[];
  /** Epoch milliseconds; null while active. */
  readonly deactivatedAt: number | null;
};
