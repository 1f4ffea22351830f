/** What refers to an application by its key. Tokens count also when they have ended: their history names it. */
export type ApplicationUses = {
  readonly policies: readonly string[];
  readonly delegations: readonly string[];
  /** The installation's own ceilings. */
  readonly installation: boolean;
  readonly gateways: readonly string[];
  readonly tokens: number;
  /** People whose name in it differs. */
  readonly usernames: number;
  /** Whether requests to it were counted, or credentials seen there. */
  readonly history: boolean;
};

/** Whether one of these limits, as stored, names the application. *All* names none. */
export function limitsName(key: string, ...limits: readonly unknown[]): boolean {
  return limits.some(
    (each) =>
      typeof each === "object" &&
      each !== null &&
      "applications" in each &&
      Array.isArray(each.applications) &&
      each.applications.includes(key),
  );
}

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [count === 1 ? `1 ${one}` : `${count} ${many}`];

/** Where an application is used, as people say it; empty when nowhere. */
export function usesInWords(uses: ApplicationUses): string[] {
  return [
    ...uses.gateways.map((gateway) => `gateway ${gateway}`),
    ...uses.policies.map((policy) => `tier ${policy}`),
    ...uses.delegations.map((delegation) => `delegation ${delegation}`),
    ...(uses.installation ? ["the installation's settings"] : []),
    ...counted(uses.tokens, "token", "tokens"),
    ...counted(uses.usernames, "person by another name", "people by another name"),
  ];
}
