import { z } from "zod";
import { GROUP, MEMBER, STOPPING, USER } from "../objects/people";
import { count, id, listOf, text } from "../objects/shape";
import type { Chapter } from "./words";

/** Users and service accounts, and their groups. */
export const PEOPLE: Chapter = {
  "GET users": { does: "List users and service accounts", answers: listOf(USER) },
  "POST users": {
    does: "Make a user or a service account",
    answers: USER,
    refuses: ["already_exists", "not_found"],
  },
  "GET users/[id]": { does: "Read a user", answers: USER },
  "PATCH users/[id]": { does: "Edit a user", answers: USER, refuses: ["not_found"] },
  "DELETE users/[id]": {
    does: "Delete a user who was never used",
    more: "Who has tokens or a history stays: deactivate them.",
    answers: USER,
    refuses: ["in_use"],
  },
  "GET users/[id]/deactivate": { does: "See what deactivating somebody would stop", answers: STOPPING },
  "POST users/[id]/deactivate": {
    does: "Deactivate a user",
    more: "Their tokens and sessions stop at once. Nothing is lost: reactivating brings the tokens back.",
    answers: USER,
  },
  "POST users/[id]/reactivate": { does: "Reactivate a user", answers: USER },
  "POST users/[id]/reset-factors": {
    does: "Take every second factor from somebody who lost theirs",
    answers: z.strictObject({ id, username: text, removed: count }),
  },
  "DELETE users/[id]/sessions/[session]": { does: "Sign somebody out of one session", answers: z.strictObject({ id }) },
  "DELETE users/[id]/sessions": {
    does: "Sign somebody out everywhere",
    answers: z.strictObject({ endedSessions: count }),
  },
  "GET groups": { does: "List groups", answers: listOf(GROUP) },
  "POST groups": { does: "Make a local group", answers: GROUP },
  "GET groups/[id]": { does: "Read a group", answers: GROUP },
  "PATCH groups/[id]": { does: "Rename a group, or map it to a role", answers: GROUP },
  "DELETE groups/[id]": { does: "Delete a group that nothing names", answers: GROUP, refuses: ["in_use"] },
  "GET groups/[id]/members": { does: "List who is in a group", answers: listOf(MEMBER) },
  "PUT groups/[id]/members": { does: "Add people to a group", answers: GROUP },
  "DELETE groups/[id]/members": { does: "Take people out of a group", answers: GROUP },
};
