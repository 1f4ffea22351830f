import { z } from "zod";
import type { Enrolled, FactorView } from "#lib/factors/factor";
import type { OwnFactors } from "#lib/factors/queries";
import type { GroupView, MemberView } from "#lib/groups/view";
import type { SessionView } from "#lib/sessions/queries";
import type { Stopping } from "#lib/users/stopping";
import type { UserView } from "#lib/users/view";
import { count, flag, id, maybeText, maybeTime, shape, text, texts, time, version } from "./shape";

const kind = z.enum(["person", "service"]);
const role = z.enum(["user", "auditor", "admin"]);

export const USER = shape<UserView>("User", {
  id,
  username: text,
  displayName: text,
  email: maybeText,
  kind,
  source: text,
  externalId: maybeText,
  aliases: texts,
  usernames: z.record(text, text).describe("By key of the application, where the name there is another."),
  groups: texts.describe("Refs: the local name, or source:externalId."),
  maintainers: z.strictObject({ users: texts, groups: texts }),
  role,
  tier: maybeText.describe("The policy that decides about their own tokens; null is none, which grants nothing."),
  createdAt: time,
  deactivatedAt: maybeTime,
  lastSignInAt: maybeTime,
  version,
});

export const STOPPING = shape<Stopping>("Stopping", {
  tokens: count,
  lastUsedAt: maybeTime,
  calls24h: count,
  calls30d: count,
  sessions: count,
  unmaintained: texts,
});

export const GROUP = shape<GroupView>("Group", {
  id,
  ref: text,
  name: text,
  source: text,
  externalId: text,
  role: role.nullable(),
  memberCount: count,
  createdAt: time,
  version,
});

export const MEMBER = shape<MemberView>("Member", {
  id,
  username: text,
  displayName: text,
  kind,
  deactivatedAt: maybeTime,
  addedAt: time,
  addedBy: text,
});

export const SESSION = shape<SessionView>("Session", {
  id,
  createdAt: time,
  seenAt: time,
  address: text,
  userAgent: text,
  secondFactor: flag,
  current: flag,
});

const factor = { id, kind: z.enum(["totp", "passkey"]), name: text, createdAt: time, lastUsedAt: maybeTime };

export const FACTOR = shape<FactorView>("Factor", factor);

export const FACTORS = shape<OwnFactors>("Factors", {
  items: z.array(FACTOR),
  nextCursor: z.null(),
  previousCursor: z.null(),
  recoveryCodesLeft: count,
  required: flag,
});

export const ENROLLED = shape<Enrolled>("EnrolledFactor", {
  ...factor,
  recoveryCodes: texts.nullable().describe("With the first factor, this once."),
});
