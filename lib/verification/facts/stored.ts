import { z } from "zod";
import type { Application } from "#lib/applications/application";
import type { Delegation } from "#lib/delegations/delegation";
import { GATEWAY_ADAPTERS, type Gateway } from "#lib/gateways/gateway";
import type { Network } from "#lib/networks/network";
import type { Limits } from "#lib/policies/limits";
import type { Policy } from "#lib/policies/policy";
import { FILTER_MODES, FILTER_RULES } from "#lib/verification/path-filter";
import { PACK_NAMES } from "#lib/verification/reads/packs";
import type { StoredKey } from "./model";

/**
 * What the columns of the installation hold, as the verifier reads them: strictly, since a field that it does not know
 * could have refused the request. Whatever a later version narrows by goes into one of these documents.
 */

const texts = z.array(z.string());
const count = z.int().nullable();

const limitsShape = {
  maxLifetimeDays: count,
  defaultLifetimeDays: z.int(),
  access: z.enum(["read", "write"]),
  applications: z.union([z.literal("all"), texts]),
  maxActive: count,
  requireRanges: z.boolean(),
  ranges: texts,
  maxRatePerMinute: count,
  requirePurpose: z.boolean(),
  requireContact: z.boolean(),
  endNeverUsedAfterDays: count,
  endUnusedAfterDays: count,
  approval: z.union([
    z.enum(["never", "always"]),
    z.strictObject({ whenWrite: z.boolean(), whenLongerThanDays: count, whenNoRanges: z.boolean() }),
  ]),
};
const limits = z.strictObject(limitsShape);
/** A ceiling only takes away: null, or what it leaves out, does not limit. */
export const storedCeiling = z.strictObject(limitsShape).exactPartial().nullable();

/** What tells one record from another even where the rest of it cannot be read. */
export const named = z.object({ id: z.string(), name: z.string() });
/** The same of a policy, with its rank and whom it is for. */
export const ranked = named.extend({
  priority: z.int(),
  everyone: z.boolean(),
  serviceAccounts: z.boolean(),
  groupIds: texts,
});
/** The same of an application, with where it answers. */
export const routed = named.extend({
  key: z.string(),
  routes: z.array(z.object({ host: z.string(), context: z.string() })),
});

/** A policy; what it grants is its own limits. */
export const storedPolicy = ranked
  .extend({
    use: z.boolean(),
    create: z.enum(["no", "request", "yes"]),
    selfRotate: z.boolean(),
    own: limits.nullable(),
    ceiling: storedCeiling,
  })
  .strict()
  .transform(
    ({ everyone, serviceAccounts, groupIds, ...rest }): Policy => ({
      ...rest,
      members: { everyone, serviceAccounts, groupIds },
    }),
  );

/** A delegation; limits hold for what is issued under it. */
export const storedDelegation = named
  .extend({
    powers: z.array(z.enum(["issue", "end", "manage", "approve"])),
    everyone: z.boolean(),
    serviceAccounts: z.boolean(),
    groupIds: texts,
    delegates: texts,
    issue: limits,
    showSecret: z.boolean(),
  })
  .strict()
  .transform(
    ({ everyone, serviceAccounts, groupIds, delegates, ...rest }): Delegation => ({
      ...rest,
      scope: { everyone, serviceAccounts, groupIds },
      delegateGroupIds: delegates,
    }),
  );

const rule = z.enum(["allow", "observe", "block"]);

const exception = z.strictObject({ users: texts, paths: texts });
const exceptions = {
  ...{ password: exception, foreignBearer: exception, oauth1: exception, otherScheme: exception, none: exception },
};

/** An application with its routes and rules. What a later version adds to one of these could have refused a request. */
export const storedApplication: z.ZodType<Application> = routed
  .extend({
    kind: z.enum(["jira", "confluence", "bitbucket", "generic"]),
    routes: z.array(z.strictObject({ host: z.string(), context: z.string() })),
    rules: z.strictObject({ password: rule, foreignBearer: rule, oauth1: rule, otherScheme: rule, none: rule }),
    exceptions: z.strictObject(exceptions).exactPartial(),
    identity: z.enum(["none", "passthrough", "header", "jwt"]),
    credentials: z.strictObject({
      basic: z.boolean(),
      bearer: z.boolean(),
      header: z.string().min(1).nullable(),
      query: z.string().min(1).nullable(),
    }),
    usernames: z.strictObject({ aliases: z.boolean(), empty: z.boolean() }),
    paths: texts,
    readPacks: z.array(z.enum(PACK_NAMES)),
    pathFilter: z.partialRecord(z.enum(FILTER_RULES), z.enum(FILTER_MODES)),
    webSocket: z.boolean(),
    preflight: z.boolean(),
    introspectRestricted: z.boolean(),
  })
  .strict();

/** A gateway with the digests of its secrets. */
export const storedGateway: z.ZodType<Gateway> = z.strictObject({
  id: z.string(),
  key: z.string(),
  adapter: z.enum(GATEWAY_ADAPTERS),
  applications: texts,
  peers: texts,
  trustedHops: z.int().min(0),
  trustedRanges: texts,
  secretDigest: z.string().regex(/^[0-9a-f]{64}$/),
  previousSecretDigest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  previousUntil: z.number().nullable(),
});

/** A named network. */
export const storedNetwork: z.ZodType<Network> = z.strictObject({ name: z.string(), ranges: texts });

/** An assertion key, wrapped. */
export const storedKey: z.ZodType<StoredKey> = z.strictObject({
  kid: z.string(),
  state: z.enum(["next", "active", "retired"]),
  wrapped: z.string(),
  retiredAt: z.number().nullable(),
});

const rateLimit = z.strictObject({ perMinute: z.int().min(1), burst: z.int().min(1) });

/** The settings that verification needs. */
export const storedSettings = z.strictObject({
  boundUrl: z.string(),
  ranges: texts,
  persons: storedCeiling,
  serviceAccounts: storedCeiling,
  tokenPrefix: z.string().min(1),
  retiredPrefixes: texts,
  ownerRate: rateLimit.nullable(),
  failureRate: rateLimit.nullable(),
  quarantined: z.boolean(),
});

/** Limits under which nothing passes. */
export const NOTHING: Limits = {
  maxLifetimeDays: 0,
  defaultLifetimeDays: 0,
  access: "read",
  applications: [],
  maxActive: 0,
  requireRanges: true,
  ranges: [],
  maxRatePerMinute: 0,
  requirePurpose: true,
  requireContact: true,
  endNeverUsedAfterDays: null,
  endUnusedAfterDays: null,
  approval: "always",
};
