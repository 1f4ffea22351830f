import type { Subject } from "../decision";

/** One refused request as it was judged. `at` is epoch milliseconds; nothing here is secret, the path has no query. */
export type RefusalNote = {
  readonly requestId: string;
  readonly at: number;
  readonly reason: string;
  readonly rule: string | null;
  readonly subject: Subject;
  readonly client: string;
};
