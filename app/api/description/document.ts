import { sessionCookieName } from "#lib/auth/session-cookie";
import { type Drawn, drawnAnswer, drawnInput, refTo } from "./drawn";
import { ENFORCEMENT, PROBLEM } from "./objects/events";
import { CHAPTERS, nameOf, type Operation, operations, pathOf } from "./operations";
import { inPath, parametersOf } from "./parameters";
import { refusalsOf } from "./refusals";

type Components = Map<string, Drawn>;
type Parts = { readonly components: Components; readonly refusals: Map<string, object> };

const ABOUT = `Everything that the portal does. JSON, camelCase, times in ISO 8601 UTC, ids UUIDs. Unknown fields and parameters are refused.

Come with a token for the application \`latchkey\`, as Bearer or as Basic password, or with the session cookie of the portal; changes by cookie carry the portal's own \`Origin\`. A token that may only read changes nothing.

Refusals are problem details (RFC 9457). An edit sends the \`version\` that it read. Changes of facts answer with \`enforcement\`: which verifiers have applied them, and by when the others will.`;

/** What an operation answers when it goes well. */
function answerOf({ described, words }: Operation, components: Components): object {
  const { answers } = words;
  if (!("_zod" in answers)) {
    return Object.fromEntries(answers.map((type) => [type, { schema: { type: "string" } }]));
  }
  const answer = drawnAnswer(answers, components);
  if (described.by !== "command" || described.report) return { "application/json": { schema: answer } };
  const enforced = { type: "object", properties: { enforcement: refTo("Enforcement") } };
  return { "application/json": { schema: { allOf: [answer, enforced] } } };
}

const problem = (schema: Drawn) => ({ "application/problem+json": { schema } });

/** The refusals of one status, named by their codes: many operations have the same. */
const refusalOf = (codes: readonly string[]): object => ({
  description: codes.map((code) => `\`${code}\``).join(", "),
  content: problem({ allOf: [refTo("Problem"), { type: "object", properties: { code: { enum: [...codes] } } }] }),
});

function responsesOf(operation: Operation, { components, refusals }: Parts): object {
  const { described, route, words } = operation;
  const content = answerOf(operation, components);
  const made = { 201: "Made.", 202: "Begun; it goes on by itself." };
  const done = described.status === 200 ? {} : { [described.status]: { description: made[described.status], content } };
  // Whoever repeats what is done already is told the same, with 200.
  const repeated = described.by === "command" || described.status === 200;
  const refused = [...refusalsOf(described, route, words.refuses ?? [])].map(([status, codes]) => {
    const name = codes.join("-");
    refusals.set(name, refusalOf(codes));
    return [status, { $ref: `#/components/responses/${name}` }];
  });
  return {
    ...(repeated && { 200: { description: described.status === 201 ? "It was so already." : "Done.", content } }),
    ...done,
    ...Object.fromEntries(refused),
    default: { description: "The unexpected.", content: problem(refTo("Problem")) },
  };
}

function securityOf({ visitors, tokens, itself }: Operation["described"]): object[] {
  if (visitors) return [];
  if (itself) return [{ bearer: [] }, { basic: [] }];
  return tokens ? [{ bearer: [] }, { basic: [] }, { session: [] }] : [{ session: [] }];
}

function operationOf(operation: Operation, parts: Parts): object {
  const { route, chapter, described, words } = operation;
  const body = drawnInput(words.body ?? described.input, inPath(route));
  const sends = described.by === "command" || described.by === "question";
  return {
    operationId: nameOf(operation),
    tags: [chapter],
    summary: words.does,
    ...(words.more && { description: words.more }),
    security: securityOf(described),
    parameters: parametersOf(described, route),
    ...(sends && {
      requestBody: {
        required: (body.required ?? []).length > 0 || body.properties === undefined,
        content: { "application/json": { schema: body } },
      },
    }),
    responses: responsesOf(operation, parts),
  };
}

/** The description tells of itself, too. */
const ITSELF = {
  get: {
    ...{ operationId: "getOpenapiJson", tags: ["This description"], summary: "Read this description", security: [] },
    responses: {
      200: { description: "OpenAPI 3.1.", content: { "application/json": { schema: { type: "object" } } } },
    },
  },
};

const inOrder = <Value>(named: ReadonlyMap<string, Value>): Record<string, Value> =>
  Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));

const made = new Map<string, object>();

/**
 * The API described in OpenAPI 3.1, from the very schemas that its commands and queries read by.
 * @param url public address of the portal
 */
export function apiDocument(url: string): object {
  const known = made.get(url);
  if (known !== undefined) return known;
  const parts: Parts = { components: new Map(), refusals: new Map() };
  const paths: Record<string, Record<string, object>> = { "/api/v1/openapi.json": ITSELF };
  for (const operation of operations()) {
    const path = pathOf(operation.route);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: operationOf(operation, parts) };
  }
  for (const named of [PROBLEM, ENFORCEMENT]) drawnAnswer(named, parts.components);
  const document = {
    openapi: "3.1.0",
    info: { title: "Latchkey", version: "1", description: ABOUT },
    servers: [{ url }],
    tags: [...Object.keys(CHAPTERS), "This description"].map((name) => ({ name })),
    paths,
    components: {
      schemas: inOrder(parts.components),
      responses: inOrder(parts.refusals),
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "A token for the application `latchkey`; below `tokens/self` any.",
        },
        basic: {
          type: "http",
          scheme: "basic",
          description: "Your username, or the word token; the token as password.",
        },
        session: { type: "apiKey", in: "cookie", name: sessionCookieName(url) },
      },
    },
  };
  made.set(url, document);
  return document;
}
