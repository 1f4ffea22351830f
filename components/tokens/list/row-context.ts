import type { KnownApplication } from "#lib/applications/known";
import type { Reader } from "../../ui/time-words";

/** What every row is drawn with. */
export type RowContext = {
  /** Who looks: *you* in sentences. */
  readonly username: string;
  readonly applications: readonly KnownApplication[];
  readonly reader: Reader;
};
