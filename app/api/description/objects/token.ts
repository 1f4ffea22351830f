import { z } from "zod";
import { REVOCATION_REASONS } from "#lib/tokens/acting/revocation";
import type { Made, Pending } from "#lib/tokens/made";
import { DAYS } from "#lib/tokens/restrictions/restrictions";
import { STATUSES } from "#lib/tokens/status";
import type { Usage } from "#lib/tokens/usage";
import type { TokenView } from "#lib/tokens/view";
import { access, applications } from "./limits";
import { count, flag, id, listOf, maybeText, maybeTime, shape, text, texts, time, version } from "./shape";

const anywhere = texts.describe("Ranges (CIDR) and names of networks; empty is from anywhere.");

export const TOKEN = shape<TokenView>("Token", {
  id,
  name: text,
  description: text.describe("What uses it."),
  contact: text,
  labels: texts,
  owner: z.strictObject({ id, username: text }),
  createdBy: text,
  grant: z
    .strictObject({ by: z.enum(["tier", "delegation"]), name: maybeText, grantor: maybeText })
    .describe("By which rule it is there: the owner's tier of today, or the delegation it was issued by."),
  waiver: z
    .strictObject({
      ...{ until: time, by: text, why: text },
      keeps: z.strictObject({ access, applications, ipRanges: anywhere }),
    })
    .nullable(),
  applications,
  access,
  ipRanges: anywhere,
  headerConditions: z.array(z.strictObject({ name: text, value: text })),
  pathRules: texts,
  timeWindow: z.strictObject({ zone: text, days: z.array(z.enum(DAYS)), from: text, to: text }).nullable(),
  rateLimit: z.strictObject({ perMinute: count, burst: count }).nullable(),
  restrictionsUnreadable: flag.describe(
    "What narrows it cannot be read by this version, which refuses it; headers, paths, times and rate are empty then.",
  ),
  expiresAt: maybeTime.describe("Null is never."),
  createdAt: time,
  status: z.enum(STATUSES),
  hint: maybeText.describe("The first and last characters of the secret; null while there is none."),
  lastUsedAt: maybeTime,
  lastUsedIp: maybeText,
  lastRefusal: z
    .strictObject({ at: time, reason: text, meaning: text, remedy: text, address: maybeText })
    .nullable()
    .describe("The last refused request; its address only of your own tokens: of others it is in their usage."),
  revocation: z.strictObject({ at: time, by: text, reason: z.enum(REVOCATION_REASONS), note: maybeText }).nullable(),
  leakReportedAt: maybeTime.describe("When somebody who had its secret reported that it leaked, which ended it."),
  suspension: z.strictObject({ at: time, by: text, byOwner: flag, note: maybeText }).nullable(),
  claim: z
    .strictObject({ madeAt: time, madeBy: text, expiresAt: time })
    .nullable()
    .describe("The claim link that waits to be opened, of a pending token; never its code."),
  rotatedFrom: id.nullable(),
  rotatedTo: id.nullable(),
  overlapEndsAt: maybeTime,
  overlapUntilFirstUse: flag,
  version,
});

export const MADE_TOKEN = shape<Made>("MadeToken", {
  token: TOKEN,
  secret: text.describe("Shown this once."),
});

export const PENDING_TOKEN = shape<Pending>("PendingToken", {
  token: TOKEN,
  claim: z
    .strictObject({ url: text.describe("Send it to the holder; it stands in this answer only."), expiresAt: time })
    .describe("The secret is made when the holder opens it."),
});

export const FOUND_TOKENS = listOf(TOKEN).extend({
  total: count.describe("How many match; at most 10,000."),
  totalIsCapped: flag.describe("There are more than `total`."),
});

export const FOUND_BY_SECRET = z.strictObject({ found: flag, token: TOKEN.nullable() });

const source = z.strictObject({
  ...{ address: text, client: text, calls: count, lastSeenAt: time },
  lastRequest: maybeText.describe("Method and path of the last call, without its query."),
});

export const TOKEN_USAGE = shape<Usage>("TokenUsage", {
  calls24h: count,
  calls30d: count,
  hours: z
    .array(z.strictObject({ at: count.describe("Milliseconds since 1970."), allowed: count, refused: count }))
    .describe("Thirty days, only hours with calls."),
  sources: z.array(source),
  refusals: z.array(z.strictObject({ requestId: id, at: time, meaning: text, request: maybeText, address: maybeText })),
  stragglers: z.array(source).describe("Who still came with the secret after it was replaced."),
});
