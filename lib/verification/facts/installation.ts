import { z } from "zod";
import type { Application } from "#lib/applications/application";
import type { Delegation } from "#lib/delegations/delegation";
import type { Gateway } from "#lib/gateways/gateway";
import type { Network } from "#lib/networks/network";
import type { Policy } from "#lib/policies/policy";
import { DEFAULT_PREFIX } from "#lib/tokens/secret";
import type { InstallationFacts, SettingsFacts, StoredKey } from "./model";
import {
  NOTHING,
  named,
  ranked,
  routed,
  storedApplication,
  storedDelegation,
  storedGateway,
  storedKey,
  storedNetwork,
  storedPolicy,
  storedSettings,
} from "./stored";

/** Told of every record that cannot be read: which it is, and where in it. Never what it holds. */
export type Complain = (record: string, where: string) => void;

const document = z.object({
  settings: z.array(z.unknown()),
  policies: z.array(z.unknown()),
  delegations: z.array(z.unknown()),
  networks: z.array(z.unknown()),
  applications: z.array(z.unknown()),
  gateways: z.array(z.unknown()),
  keys: z.array(z.unknown()),
});

const whereOf = (error: z.ZodError): string =>
  error.issues.map(({ path, code }) => `${path.map(String).join(".")} ${code}`).join(", ");

/**
 * Reads the installation as `LOAD_INSTALLATION` brought it. What cannot be read keeps its place and grants nothing:
 * leaving it out could let something else step in for it (the next policy, a shorter route).
 * @returns null where there is no installation yet
 */
export function readInstallation(value: unknown, complain: Complain): InstallationFacts | null {
  const { settings, policies, delegations, networks, applications, gateways, keys } = document.parse(value);
  if (settings.length === 0) return null;
  const byKey = <T>(records: readonly T[], key: (record: T) => string) =>
    new Map(records.map((record) => [key(record), record] as const));
  return {
    settings: readSettings(settings[0], complain),
    policies: policies.flatMap((record) => readPolicy(record, complain)),
    delegations: byKey(
      delegations.flatMap((record) => readDelegation(record, complain)),
      ({ id }) => id,
    ),
    networks: byKey(
      networks.flatMap((record) => readPlain(storedNetwork, "network", record, complain)),
      ({ name }) => name,
    ),
    applications: applications.flatMap((record) => readApplication(record, complain)),
    gateways: byKey(
      gateways.flatMap((record) => readPlain(storedGateway, "gateway", record, complain)),
      ({ key }) => key,
    ),
    keys: keys.flatMap((record) => readPlain(storedKey, "assertion key", record, complain)),
  };
}

/** A network that is not there matches nothing, a gateway may ask nothing, and a key signs nothing. */
function readPlain<T extends Network | Gateway | StoredKey>(
  schema: z.ZodType<T>,
  kind: string,
  record: unknown,
  complain: Complain,
): T[] {
  const parsed = schema.safeParse(record);
  if (parsed.success) return [parsed.data];
  complain(kind, whereOf(parsed.error));
  return [];
}

function readPolicy(record: unknown, complain: Complain): Policy[] {
  const parsed = storedPolicy.safeParse(record);
  if (parsed.success) return [parsed.data];
  const { id, name, priority, everyone, serviceAccounts, groupIds } = ranked.parse(record);
  complain(`policy ${name}`, whereOf(parsed.error));
  const members = { everyone, serviceAccounts, groupIds };
  return [{ id, name, priority, members, use: false, create: "no", selfRotate: false, own: null, ceiling: NOTHING }];
}

function readDelegation(record: unknown, complain: Complain): Delegation[] {
  const parsed = storedDelegation.safeParse(record);
  if (parsed.success) return [parsed.data];
  const { id, name } = named.parse(record);
  complain(`delegation ${name}`, whereOf(parsed.error));
  const scope = { everyone: false, groupIds: [], serviceAccounts: false };
  return [{ id, name, delegateGroupIds: [], powers: [], scope, issue: NOTHING, showSecret: false }];
}

function readApplication(record: unknown, complain: Complain): Application[] {
  const parsed = storedApplication.safeParse(record);
  if (parsed.success) return [parsed.data];
  const { id, key, name, routes } = routed.parse(record);
  complain(`application ${key}`, whereOf(parsed.error));
  return [
    {
      ...{ id, key, name, kind: "generic", routes },
      rules: { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" },
      exceptions: {},
      identity: "passthrough",
      credentials: { basic: false, bearer: false, header: null, query: null },
      usernames: { aliases: false, empty: false },
      paths: [],
      readPacks: [],
      pathFilter: {},
      webSocket: false,
      preflight: false,
      introspectRestricted: false,
    },
  ];
}

function readSettings(record: unknown, complain: Complain): SettingsFacts {
  const parsed = storedSettings.safeParse(record);
  if (!parsed.success) {
    complain("settings", whereOf(parsed.error));
    const ceilings = { persons: NOTHING, serviceAccounts: NOTHING };
    const unlimited = { ownerRate: null, failureRate: null };
    const prefixes = { tokenPrefix: DEFAULT_PREFIX, retiredPrefixes: [] };
    return { ranges: [], ceilings, ...prefixes, ...unlimited, quarantined: true, portalUrl: "" };
  }
  const { boundUrl: portalUrl, persons, serviceAccounts, ...rest } = parsed.data;
  return {
    ...rest,
    ceilings: { persons: persons ?? null, serviceAccounts: serviceAccounts ?? null },
    portalUrl,
  };
}
