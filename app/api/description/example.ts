import type { Drawn } from "./drawn";

/** What stands in examples under these names, so that one recognises it. */
const USUAL: Readonly<Record<string, unknown>> = {
  name: "Nightly report",
  key: "jira",
  username: "mara.lindqvist",
  owner: "mara.lindqvist",
  user: "mara.lindqvist",
  users: ["mara.lindqvist"],
  ranges: ["192.0.2.0/24"],
  applications: ["jira"],
  application: "jira",
  host: "jira.example.com",
  delegation: "Integrations",
  secret: "lk_FOUND_SOMEWHERE",
  code: "123456",
  uri: "/rest/api/2/myself",
  method: "GET",
  clientIp: "192.0.2.7",
};
const ID = "0190d4a5-0000-7000-8000-00000000000a";

const isDrawn = (value: unknown): value is Drawn =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const drawnIn = (values: unknown): Drawn[] => (Array.isArray(values) ? values.filter(isDrawn) : []);

function textOf({ format, pattern }: Drawn): string {
  if (format === "uuid") return ID;
  if (format === "date-time") return "2027-01-31T12:00:00Z";
  if (format === "email") return "mara@example.com";
  return pattern?.startsWith("^\\/") ? "/" : "example";
}

/** The least that may be sent: every field that must be there, and no other. Null for what takes no object. */
export function exampleOf(schema: Drawn, name = ""): unknown {
  const [first] = [...drawnIn(schema.anyOf), ...drawnIn(schema.oneOf)];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === "object") {
    const needed = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key));
    return Object.fromEntries(needed.map(([key, value]) => [key, isDrawn(value) ? exampleOf(value, key) : null]));
  }
  if (Object.hasOwn(USUAL, name)) return USUAL[name];
  if (first !== undefined) return exampleOf(first, name);
  if (schema.type === "array")
    return (schema.minItems ?? 0) > 0 && isDrawn(schema.items) ? [exampleOf(schema.items)] : [];
  if (schema.type === "string") return textOf(schema);
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  return schema.type === "boolean" ? true : null;
}
