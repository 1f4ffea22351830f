/** What refers to a network by its name. Tokens that have ended do not count. */
export type NetworkUses = {
  readonly policies: readonly string[];
  readonly delegations: readonly string[];
  /** The installation's own ranges or ceilings. */
  readonly installation: boolean;
  readonly tokens: number;
};

/** Whether one of these limits, as stored, names the network among its ranges. */
export function limitsHold(name: string, ...limits: readonly unknown[]): boolean {
  return limits.some(
    (each) =>
      typeof each === "object" &&
      each !== null &&
      "ranges" in each &&
      Array.isArray(each.ranges) &&
      each.ranges.includes(name),
  );
}

/** Where a network is used, as people say it; empty when nowhere. */
export function usesInWords({ policies, delegations, installation, tokens }: NetworkUses): string[] {
  return [
    ...policies.map((policy) => `tier ${policy}`),
    ...delegations.map((delegation) => `delegation ${delegation}`),
    ...(installation ? ["the installation's settings"] : []),
    ...(tokens === 0 ? [] : [tokens === 1 ? "1 token" : `${tokens} tokens`]),
  ];
}
