import { z } from "zod";
import { name } from "#lib/text";

/** The name of a local group. A colon would make it look like a directory's. */
export const groupName = name(100).refine(
  (text) => !text.includes(":"),
  "No colon: it separates a directory's groups.",
);

/** How a group is named outside: its local name, or `source:externalId`. Whether it exists is judged where groups are known. */
export const groupRef = name(400);

/** Several groups, each once. */
export const groupRefs = z
  .array(groupRef)
  .max(200, "At most 200 groups.")
  .transform((refs) => [...new Set(refs)]);
