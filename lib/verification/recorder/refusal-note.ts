import type { Refused } from "../decision";

/** One refused request as it was judged. `at` is epoch milliseconds; nothing here is secret, the path has no query. */
export type RefusalNote = {
  readonly requestId: string;
  readonly at: number;
  readonly client: string;
} & Pick<Refused, "reason" | "rule" | "subject" | "kept">;
