import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { z } from "zod";
import type { Answered } from "./api";

/** What is said of an operation, besides what the document says. */
type Known = { readonly by: string; readonly answers: z.ZodType | readonly string[] };
type KnownOf = (route: string, method: string) => Known | undefined;

const NAME = "latchkey";

const operationAt = (route: string, method: string): string[] => [
  "paths",
  `/api/v1/${route.replaceAll("[", "{").replaceAll("]", "}")}`,
  method.toLowerCase(),
];

const pointer = (place: readonly string[]): string =>
  `${NAME}#/${place.map((step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;

/**
 * Holds what really came and went to the description of the API.
 * @param document OpenAPI 3.1
 * @param knownOf what an operation answers, exactly: the document lets answers grow, this does not
 */
export function descriptionJudge(document: object, knownOf: KnownOf) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: NAME, ...JSON.parse(JSON.stringify(document)) });
  const compiled = new Map<string, ValidateFunction>();

  /** What the document says at a place, references followed. */
  function at(place: readonly string[]): { found: unknown; place: readonly string[] } {
    let found: unknown = document;
    for (const [index, step] of place.entries()) {
      found = Object(found)[step];
      const ref: unknown = Object(found).$ref;
      if (typeof ref === "string") return at([...ref.replace(/^#\//, "").split("/"), ...place.slice(index + 1)]);
    }
    return { found, place };
  }

  function wrongBy(place: readonly string[], value: unknown): string[] {
    const { found, place: there } = at(place);
    if (found === undefined) return [`the document has nothing at ${place.join(" ")}`];
    const key = pointer(there);
    const validate = compiled.get(key) ?? ajv.compile({ $ref: key });
    compiled.set(key, validate);
    return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  /** What an answer has that nobody found words for. */
  function unnamed(known: Known | undefined, body: Answered["body"]): string[] {
    if (known === undefined || !("_zod" in known.answers)) return [];
    const { enforcement: _enforcement, ...rest } = body;
    const read = known.answers.safeParse(known.by === "command" ? rest : body);
    return read.success ? [] : [read.error.message];
  }

  return {
    /** What is wrong with a body that was accepted, by what the document says that may be sent. */
    body: (route: string, method: string, body: object): string[] =>
      wrongBy([...operationAt(route, method), "requestBody", "content", "application/json", "schema"], body),
    /** What is wrong with an answer by its description: status, media type, fields, code. Empty is right. */
    answer(route: string, method: string, { status, headers, body }: Answered): string[] {
      const type = (headers.get("content-type") ?? "").split(";")[0] ?? "";
      const place = [...operationAt(route, method), "responses", String(status), "content", type, "schema"];
      const isJson = /\bjson$/.test(type);
      if (!isJson) return at(place).found === undefined ? [`no ${type} for ${status}`] : [];
      return [...wrongBy(place, body), ...(status < 300 ? unnamed(knownOf(route, method), body) : [])];
    },
  };
}
