const NOT_ENDED = ["orphaned", "suspended", "pending", "rotating", "expiring", "active"];
const DAY = 86_400_000;

/** Everything that the token manager can be asked for, alone and as people combine it, of a seeded installation. */
export function filtersAt(now: number): readonly Readonly<Record<string, string | readonly string[]>>[] {
  const day = (count: number) => new Date(now + count * DAY).toISOString();
  const owners = Array.from({ length: 20 }, (_, n) => `mara.lindqvist${n + 1}`);
  return [
    {},
    { status: NOT_ENDED },
    ...["revoked", "expired", "orphaned", "suspended", "rotating", "expiring", "active"].map((status) => ({ status })),
    { q: "zapier" },
    { q: "lindqvist" },
    { q: "zz-nothing-like-it" },
    { q: "lk_abc" },
    { q: "ma" },
    { q: "zapier", status: NOT_ENDED, access: "write" },
    { owner: "mara.lindqvist1" },
    { owner: owners },
    { group: "team-1" },
    { group: "team-300" },
    { application: "bitbucket" },
    { application: ["jira", "confluence"] },
    { access: "write", noRanges: "true", status: NOT_ENDED },
    { access: "read" },
    { createdBy: "aino.saarinen" },
    { createdBy: "ines.demir" },
    { delegation: "Integrations" },
    { delegation: "Partners" },
    { issued: "true", status: NOT_ENDED },
    { network: "office" },
    { noRanges: "false" },
    { createdFrom: day(-7) },
    { createdTo: day(-290) },
    { createdFrom: day(-100), createdTo: day(-99) },
    { expiresWithinDays: "7" },
    { expiresFrom: day(300) },
    { expiresTo: day(-200) },
    { neverExpires: "true" },
    { neverExpires: "true", status: NOT_ENDED },
    { lastUsedFrom: day(-1) },
    { lastUsedTo: day(-150) },
    { neverUsed: "true" },
    { neverUsed: "true", status: NOT_ENDED },
    { unusedDays: "90", status: NOT_ENDED },
    { unusedDays: "170" },
    { knocking: "true" },
    { breaksPolicy: "true" },
    { breaksPolicy: "true", application: "bitbucket", access: "write" },
    { breaksPolicy: "false", status: NOT_ENDED },
  ];
}

/** In a line, as a table has room for it. */
export const wordsOf = (filter: Readonly<Record<string, string | readonly string[]>>): string =>
  Object.entries(filter)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value.slice(0, 12) : `${value.length} values`}`)
    .join(" ") || "(everything)";
