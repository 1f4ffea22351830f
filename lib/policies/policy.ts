import type { Ceiling, Limits } from "./limits";

/** A tier: what its members may do with tokens of their own, and how far. Groups are named by id here, by ref outside. */
export type Policy = {
  readonly id: string;
  readonly name: string;
  /** Unique; the matching policy of highest priority alone decides. */
  readonly priority: number;
  readonly members: {
    readonly everyone: boolean;
    readonly groupIds: readonly string[];
    readonly serviceAccounts: boolean;
  };
  readonly use: boolean;
  readonly create: "no" | "request" | "yes";
  readonly selfRotate: boolean;
  readonly own: Limits | null;
  readonly ceiling: Ceiling | null;
};
