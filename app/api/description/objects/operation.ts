import { z } from "zod";
import type { OperationView, OperationWithRefused } from "#lib/operations/operation";
import type { BulkPreview } from "#lib/tokens/bulk/preview";
import { BULK_ACTIONS } from "#lib/tokens/bulk/schema";
import type { SavedView } from "#lib/views/view";
import { ENFORCEMENT } from "./events";
import { count, id, maybeTime, shape, text, time } from "./shape";

const begun = {
  id,
  action: text,
  by: text,
  createdAt: time,
  matched: count.describe("How many it is about, taken when it began."),
  done: count.describe("How many are as they shall be."),
  refusedCount: count.describe("How many were refused; what is neither done nor refused waits for its turn."),
  finishedAt: maybeTime,
};

export const BEGUN_OPERATION = shape<Omit<OperationView, "enforcement">>("BegunOperation", begun);

export const OPERATION = shape<OperationWithRefused>("Operation", {
  ...begun,
  refused: z.array(z.strictObject({ id, code: text })),
  enforcement: ENFORCEMENT.nullable().describe("Null while it goes on, and where nothing was changed."),
});

export const BULK_PREVIEW = shape<BulkPreview>("BulkPreview", {
  action: z.enum(BULK_ACTIONS),
  matched: count,
  changes: count,
  unchanged: count.describe("Those that are so already."),
  refused: z.array(z.strictObject({ code: text, detail: text, count })),
  owners: count,
  most: z.array(z.strictObject({ username: text, tokens: count })).describe("Whose tokens would change, most first."),
  usedLastDay: count,
  neverUsed: count,
});

export const SAVED_VIEW = shape<SavedView>("SavedView", { id, name: text, query: text, createdAt: time });
