import { z } from "zod";
import { id, name, version } from "#lib/fields";

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

const role = z.enum(["admin", "auditor"], "A role is admin or auditor.").nullable();

/** What makes a local group. `role` maps it to a role in the portal; nobody has one by a group's name. */
export const createGroupInput = z.strictObject({
  name: groupName,
  role: role.default(null),
});

/** Members to add or to remove, by username. */
export const membersInput = z.strictObject({
  id,
  users: z
    .array(name(255), "Name users by username.")
    .min(1, "Name at least one user.")
    .max(100, "At most 100 at once."),
});

/** Changes a group; what is left out stays. */
export const editGroupInput = z.strictObject({
  id,
  version,
  name: groupName.exactOptional(),
  role: role.exactOptional(),
});

export type EditGroupInput = z.output<typeof editGroupInput>;

/** Names a group by its id. */
export const groupIdInput = z.strictObject({ id });
