import type { ApiChapter, ApiOperation } from "#components/help/api/told";
import { ERRORS } from "#lib/errors/error";
import { type Drawn, drawnAnswer, drawnInput } from "./drawn";
import { exampleOf } from "./example";
import { fieldsOf, kindOf } from "./fields";
import { CHAPTERS, nameOf, type Operation, operations, pathOf } from "./operations";
import { inPath, parametersOf } from "./parameters";
import { refusalsOf } from "./refusals";

function who({ visitors, tokens, reads, stepUp, itself }: Operation["described"]): string {
  if (visitors) return "Without signing in.";
  if (itself) return "Any token, about itself.";
  const by = tokens ? (reads ? "A session, or any token for latchkey." : "A session, or a token that may write.") : "";
  return `${by || "A session only, no token."}${stepUp ? " A session must have been confirmed lately." : ""}`;
}

/** A plain name may stand with the variable in one pair of quotes, any other gets its own; none can hold a colon. */
const userWord = (username: string): string =>
  /^[\w.@-]+$/.test(username) ? `"${username}:$LATCHKEY_TOKEN"` : '"token:$LATCHKEY_TOKEN"';

const SAMPLE_ID = "0190d4a5-0000-7000-8000-00000000000a";

/** A call as one would type it, with the least that must be sent. */
function sampleOf({ method, route, described, words }: Operation, url: string): (username: string) => string {
  const path = pathOf(route).replace("{seq}", "42").replace("{id}", SAMPLE_ID);
  const head = `curl ${method === "GET" ? "" : `--request ${method} `}"${url}${path}"`;
  const sends = described.by === "command" || described.by === "question";
  const body = sends ? JSON.stringify(exampleOf(drawnInput(words.body ?? described.input, inPath(route)))) : "{}";
  const data = body === "{}" ? [] : ["--header 'Content-Type: application/json'", `--data '${body}'`];
  return (username) => {
    const user = described.visitors ? [] : [`--user ${userWord(username)}`];
    return [head, ...user, ...data].join(" \\\n  ");
  };
}

function answerOf({ described, words }: Operation, objects: Map<string, Drawn>): string {
  const status = described.status;
  if (!("_zod" in words.answers)) return `${status}, ${words.answers.join(" or ")}`;
  const drawn = drawnAnswer(words.answers, objects);
  const items = drawn.properties?.items;
  const listed = typeof items === "object" ? ` (${kindOf(items)})` : "";
  const named = fieldsOf(drawn).map(({ name }) => name);
  const kind = kindOf(drawn);
  return `${status}, ${kind === "object" ? named.filter((name) => !name.includes(".")).join(", ") : kind}${listed}`;
}

/** All of an operation but the reader's own name in its sample. */
type Told = Omit<ApiOperation, "sample"> & { readonly sampleFor: (username: string) => string };

function told(operation: Operation, url: string, objects: Map<string, Drawn>): Told {
  const { method, route, described, words } = operation;
  const sends = described.by === "command" || described.by === "question";
  const body = sends ? fieldsOf(drawnInput(words.body ?? described.input, inPath(route))) : [];
  const parameters = parametersOf(described, route).map(({ name, required, schema, description = "", ...rest }) => ({
    ...{ name, required, kind: kindOf(schema), says: rest.in === "path" ? "In the path." : description },
  }));
  const refusals = [...refusalsOf(described, route, words.refuses ?? [])].flatMap(([, codes]) => codes);
  return {
    ...{ anchor: nameOf(operation), method, path: pathOf(route), does: words.does, more: words.more ?? "" },
    ...{ who: who(described), parameters, body, answers: answerOf(operation, objects) },
    refusals: refusals.map((code) => ({ code, status: ERRORS[code].status })),
    sampleFor: sampleOf(operation, url),
  };
}

function draw(url: string) {
  const objects = new Map<string, Drawn>();
  const all = operations();
  const chapters = Object.keys(CHAPTERS).map((title) => ({
    id: title.toLowerCase().replace(/[^a-z]+/g, "-"),
    title,
    operations: all.filter(({ chapter }) => chapter === title).map((operation) => told(operation, url, objects)),
  }));
  const named = [...objects].map(([name, drawn]) => ({ name, fields: fieldsOf(drawn) }));
  return { url, chapters, objects: named.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

// Drawing costs some hundred milliseconds, and whoever is not signed in may ask for it too: it is done once.
let drawn: ReturnType<typeof draw> | null = null;

/**
 * The description of the API as people read it.
 * @param url public address of the portal
 * @param username of the reader, or what stands for it
 */
export function apiHelp(url: string, username: string) {
  drawn = drawn?.url === url ? drawn : draw(url);
  const { chapters, objects } = drawn;
  const named = ({ sampleFor, ...operation }: Told): ApiOperation => ({ ...operation, sample: sampleFor(username) });
  return {
    chapters: chapters.map((each): ApiChapter => ({ ...each, operations: each.operations.map(named) })),
    objects,
  };
}
