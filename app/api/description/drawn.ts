import { z } from "zod";

/** A JSON Schema (2020-12, which OpenAPI 3.1 speaks). */
export type Drawn = z.core.JSONSchema.BaseSchema;

const COMPONENTS = "#/components/schemas/";
/** What these formats say needs no expression of five hundred characters beside it. */
const SAID_BY_FORMAT = ["date", "date-time", "uuid", "email"];

function draw(schema: z.ZodType, io: "input" | "output"): Drawn {
  const { $schema: _dialect, ...drawn } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      if (SAID_BY_FORMAT.some((format) => format === jsonSchema.format)) delete jsonSchema.pattern;
      delete jsonSchema.id;
      // Answers may have more fields tomorrow, and nobody's client should break.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return drawn;
}

/** What comes in, as the very schema that reads it says; without what stands in the path. */
export function drawnInput(schema: z.ZodType, inPath: readonly string[]): Drawn {
  const drawn = draw(schema, "input");
  if (drawn.properties === undefined) return drawn;
  const properties = Object.fromEntries(Object.entries(drawn.properties).filter(([name]) => !inPath.includes(name)));
  const { required = [], ...rest } = drawn;
  const needed = required.filter((name) => !inPath.includes(name));
  return { ...rest, properties, ...(needed.length > 0 && { required: needed }) };
}

/** What goes out; objects with a name of their own are put into `components` and referred to. */
export function drawnAnswer(schema: z.ZodType, components: Map<string, Drawn>): Drawn {
  // Of the outermost schema zod would not make a reference.
  const { properties, $defs } = hoisted(draw(z.object({ answer: schema }), "output"));
  for (const [name, drawn] of Object.entries($defs ?? {})) components.set(name, drawn);
  return isDrawn(properties?.answer) ? properties.answer : {};
}

const isDrawn = (value: unknown): value is Drawn => typeof value === "object" && value !== null;

const hoisted = (drawn: Drawn): Drawn =>
  JSON.parse(JSON.stringify(drawn).replaceAll('"#/$defs/', `"${COMPONENTS}`)) as Drawn;

/** A reference to a named object. */
export const refTo = (name: string): Drawn => ({ $ref: `${COMPONENTS}${name}` });
