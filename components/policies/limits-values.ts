import type { Ceiling, Limits } from "#lib/policies/limits";

const number = (value: FormDataEntryValue | null): number | null =>
  typeof value === "string" && value.trim() !== "" ? Number(value) : null;
const lines = (value: FormDataEntryValue | null): string[] =>
  typeof value === "string" ? value.split(/[\n,;]+/).flatMap((part) => (part.trim() === "" ? [] : [part.trim()])) : [];

/** Names typed one a line or with commas; names may hold blanks. */
export const typedNames = lines;

type Read = { readonly get: (field: string) => FormDataEntryValue | null; readonly all: (field: string) => string[] };

const reader = (data: FormData, prefix: string): Read => ({
  get: (field) => data.get(`${prefix}.${field}`),
  all: (field) => data.getAll(`${prefix}.${field}`).map(String),
});

function applicationsOf({ all }: Read): Limits["applications"] {
  const chosen = all("applications");
  return chosen.includes("all") ? "all" : chosen;
}

/** Limits as the form says them, whole. What cannot be set yet keeps its default. */
export function limitsFrom(data: FormData, prefix: string): object {
  const read = reader(data, prefix);
  const approval = String(read.get("approval") ?? "never");
  const defaultLifetimeDays = number(read.get("defaultLifetimeDays"));
  return {
    maxLifetimeDays: read.get("endless") === "on" ? null : (number(read.get("maxLifetimeDays")) ?? 0),
    ...(defaultLifetimeDays === null ? {} : { defaultLifetimeDays }),
    access: read.get("access"),
    applications: applicationsOf(read),
    maxActive: number(read.get("maxActive")),
    maxRatePerMinute: number(read.get("maxRatePerMinute")),
    requireRanges: read.get("requireRanges") === "on",
    ranges: lines(read.get("ranges")),
    requirePurpose: read.get("requirePurpose") === "on",
    requireContact: read.get("requireContact") === "on",
    approval:
      approval === "never" || approval === "always"
        ? approval
        : {
            whenWrite: read.get("whenWrite") === "on",
            whenLongerThanDays: number(read.get("whenLongerThanDays")),
            whenNoRanges: read.get("whenNoRanges") === "on",
          },
  };
}

/** What of a ceiling the form does not show: it stays as it is. */
function unshown(before: Ceiling | null): Ceiling {
  const {
    maxLifetimeDays: _days,
    access: _access,
    applications: _keys,
    maxActive: _most,
    maxRatePerMinute: _rate,
    ...rest
  } = before ?? {};
  const { ranges: _ranges, requireRanges: _must, ...kept } = rest;
  return kept;
}

/** A ceiling as the form says it: what is left empty is not limited; nothing at all is no ceiling. */
export function ceilingFrom(data: FormData, prefix: string, before: Ceiling | null = null): Ceiling | null {
  const read = reader(data, prefix);
  const days = number(read.get("maxLifetimeDays"));
  const active = number(read.get("maxActive"));
  const rate = number(read.get("maxRatePerMinute"));
  const ranges = lines(read.get("ranges"));
  const applications = read.all("applications");
  const ceiling: Ceiling = {
    ...unshown(before),
    ...(days === null ? {} : { maxLifetimeDays: days }),
    ...(read.get("access") === "read" ? { access: "read" as const } : {}),
    ...(applications.length === 0 || applications.includes("all") ? {} : { applications }),
    ...(active === null ? {} : { maxActive: active }),
    ...(rate === null ? {} : { maxRatePerMinute: rate }),
    ...(ranges.length === 0 ? {} : { ranges }),
    ...(read.get("requireRanges") === "on" ? { requireRanges: true } : {}),
  };
  return Object.keys(ceiling).length === 0 ? null : ceiling;
}
