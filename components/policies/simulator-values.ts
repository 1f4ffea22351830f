/** What was typed, as `POST /policies/simulate` wants it. @param draft a change of the rules; null asks today's */
export function simulationOf(data: FormData, draft: object | null): object {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const days = text("days");
  return {
    ...{ user: text("user"), action: text("action"), application: text("application"), access: text("access") },
    days: text("action") === "use" ? 1 : data.get("endless") === "on" || days === "" ? null : Number(days),
    address: text("address") || null,
    draft,
  };
}

const FIELDS: Readonly<Record<string, string>> = {
  access: "May",
  application: "Application",
  applications: "Applications",
  ranges: "From where",
  address: "From where",
  maxLifetimeDays: "Lifetime",
  expiresAt: "Lifetime",
  maxActive: "How many",
  maxRatePerMinute: "How often",
  rateLimit: "How often",
  requireRanges: "Addresses",
  ipRanges: "From where",
  requirePurpose: "Purpose",
  requireContact: "Contact",
  approval: "Approval",
  use: "Use",
};

/** What a field of the rules is called; nothing for what is about no field. */
export const fieldWords = (field: string): string => (Object.hasOwn(FIELDS, field) ? (FIELDS[field] ?? field) : field);
