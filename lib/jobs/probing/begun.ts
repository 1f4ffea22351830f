import type { ApplicationView } from "#lib/applications/view";
import type { Aim, Door } from "#lib/probes/aim";

/** A run that has begun, as the command gives it out. */
export type Begun = {
  readonly application: ApplicationView;
  /** Whose token it will be, as the application knows them. */
  readonly owner: string;
  readonly aim: Aim;
  readonly upstream: Door | null;
  /** Epoch milliseconds. */
  readonly begun: number;
};
