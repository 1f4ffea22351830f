import type { Limits } from "#lib/policies/limits";

export type Power = "issue" | "end" | "manage" | "approve";

/** A group's power over other people's tokens. Groups are named by id here, by ref outside. */
export type Delegation = {
  readonly id: string;
  readonly name: string;
  readonly delegateGroupIds: readonly string[];
  readonly powers: readonly Power[];
  /** `everyone` means all persons. */
  readonly scope: {
    readonly everyone: boolean;
    readonly groupIds: readonly string[];
    readonly serviceAccounts: boolean;
  };
  readonly issue: Limits;
  /** Service accounts only: the issuer sees the secret once. */
  readonly showSecret: boolean;
};
