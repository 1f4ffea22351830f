import type { Drawn } from "./drawn";

/** One field as the help shows it; `name` is dotted where it lies deeper. */
export type Field = {
  readonly name: string;
  readonly kind: string;
  readonly required: boolean;
  readonly says: string;
};

const isDrawn = (value: unknown): value is Drawn =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const drawnIn = (values: unknown): Drawn[] => (Array.isArray(values) ? values.filter(isDrawn) : []);

const alternatives = (schema: Drawn): Drawn[] => drawnIn(schema.anyOf ?? schema.oneOf);
const nameOfRef = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

const FORMATS: Readonly<Record<string, string>> = { "date-time": "time", date: "date", uuid: "id", email: "e-mail" };

function textKind({ format, maxLength }: Drawn): string {
  const named = format === undefined ? undefined : FORMATS[format];
  return named ?? (maxLength === undefined ? "text" : `text, at most ${maxLength}`);
}

function numberKind({ minimum, maximum }: Drawn): string {
  const bounded = minimum !== undefined && maximum !== undefined && maximum < 2 ** 31 - 1;
  return bounded ? `number, ${minimum} to ${maximum}` : "number";
}

/** What may stand there, in a few words. */
export function kindOf(schema: Drawn): string {
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref);
  if (schema.enum !== undefined) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  const either = alternatives(schema);
  if (either.length > 0) return [...new Set(either.map(kindOf))].join(" | ");
  if (schema.type === "array") return isDrawn(schema.items) ? `list of ${kindOf(schema.items)}` : "list";
  if (schema.type === "string") return textKind(schema);
  if (schema.type === "integer" || schema.type === "number") return numberKind(schema);
  if (schema.type === "boolean") return "true | false";
  return schema.type === "null" ? "null" : "object";
}

/** The fields of an object, those of objects inside it below them. Of several shapes all that any of them has. */
export function fieldsOf(schema: Drawn, inside = ""): Field[] {
  const shapes = [schema, ...alternatives(schema), ...drawnIn(schema.allOf)];
  const named = new Map<string, Field>();
  for (const { properties = {}, required = [] } of shapes) {
    for (const [key, value] of Object.entries(properties)) {
      if (!isDrawn(value)) continue;
      const name = `${inside}${key}`;
      const field = { name, kind: kindOf(value), required: required.includes(key), says: value.description ?? "" };
      if (!named.has(name)) named.set(name, field);
      const deeper = inside === "" && !value.$ref ? fieldsOf(value, `${name}.`) : [];
      for (const each of deeper) if (!named.has(each.name)) named.set(each.name, each);
    }
  }
  return [...named.values()];
}
