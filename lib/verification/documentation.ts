import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import { DESTINATION_FAULTS } from "./destination";
import { PATH_RULES } from "./path";
import { PATH_FILTER } from "./path-filter";
import { KINDS } from "./reads";
import type { KindPaths } from "./reads/kind";
import { type Pack, READ_PACKS } from "./reads/packs";
import type { Reason } from "./reason";
import { publicCode, REASONS, type ReasonCode } from "./reasons";

const CODES = Object.keys(REASONS).filter((code): code is ReasonCode => code in REASONS);
const NAMES = new Map<Reason["step"], string>(
  [...BEFORE_LOOK_UP, ...AFTER_LOOK_UP].map(({ step, name }) => [step, name]),
);
const ORDER: readonly Reason["step"][] = ["any", ...NAMES.keys(), "allow"];

type Row = readonly string[];

/** Bars in cells would end them. */
function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function reasonRows(): Row[] {
  const rows = CODES.map((code) => ({ code, reason: REASONS[code] as Reason }));
  rows.sort((a, b) => ORDER.indexOf(a.reason.step) - ORDER.indexOf(b.reason.step));
  return rows.map(({ code, reason }) => {
    const { step, status, meaning, remedy, help } = reason;
    const outside = publicCode(code);
    const name = outside === code ? `\`${code}\`` : `\`${code}\` (outside: \`${outside}\`)`;
    return [String(step), NAMES.get(step) ?? "", String(status), name, meaning, remedy, `#${help}`];
  });
}

const code = (text: string) => `\`${text}\``;
const codes = (texts: readonly string[]) => texts.map(code).join(" ") || "none";

function kindSection(kind: string, paths: KindPaths): string {
  const never = Object.entries(paths.never).map(([why, texts]) => `${why}: ${codes(texts)}`);
  const lines = [
    `- Tokens reach ${codes(paths.reached)}, and what the application's *paths* add.`,
    `- Never, whoever lists it: ${never.join("; ")}.`,
    `- Only when listed in the application's *paths*: ${codes(paths.unlessListed)}.`,
    `- Read, besides GET, HEAD and OPTIONS: ${codes(paths.reads)}.`,
    `- Written, although by GET: ${codes(paths.writes)}.`,
  ];
  return `### ${kind}\n\n${lines.join("\n")}`;
}

const packRow = ([name, { kinds, opens, client, reached, reads }]: [string, Pack]): Row => [
  ...[code(name), kinds.join(", "), opens, codes(reached), codes(reads), client],
];

/** The page docs/verification.md, whole. `node docs/generate.mjs` writes it; a test keeps it up to date. */
export function verificationPage(): string {
  return `<!-- Generated from lib/verification by \`node docs/generate.mjs\`. Do not edit. -->

# Verification

A gateway asks the verifier about each request; the answer is 200 (let it through), or a refusal: 400, 401, 403, 429, 503.
Every request runs through one ordered list of checks. The first that refuses ends it. *Explain* in the portal and \`latchkey verify\`
run the same list and show each step.

## Reasons

One closed catalogue. Outside, all 401s are \`unauthenticated\` and all 503s \`unavailable\`: nobody learns whether a token ever existed.
Log, metrics and Explain have the code itself. nginx gets the reason in \`X-Latchkey-Reason\`, the true status in \`X-Latchkey-Status\`.

${table(["step", "check", "status", "code", "meaning", "remedy", "help"], reasonRows())}

## What a path is

A request target is judged in one canonical form: cut at \`?\`, split at slashes, parameters (\`;x=1\`) cut off, each segment decoded once,
empty segments merged, the application's context removed. Lists are compared with whole segments.

Refused to everybody (\`path_refused\`):

${table(
  ["rule", "refuses"],
  Object.entries(PATH_RULES).map(([rule, text]) => [code(rule), text]),
)}

Refused to tokens (\`path_blocked\`) unless the application sets the rule to \`observe\` (passes, and is recorded) or \`off\`.
Others they never refuse; they observe them unless they are off. A path that passes although it could be read in several ways
is judged in each of them: by what tokens reach, by \`dot_segment\` and \`control\`, and by \`web_inf\` and \`expression\`
where these are not off. One of more than 1,024 characters is not: tokens are refused, no exception by path holds, and
for others the segments before the last slash within them decide: where what follows may still lead to another application
or to a log-in, it is taken to.

${table(
  ["rule", "refuses", "preset", "may hit"],
  Object.entries(PATH_FILTER).map(([rule, { refuses, preset, risk }]) => [code(rule), refuses, code(preset), risk]),
)}

In Bitbucket, files in repositories may be called anything: \`enc_semicolon\` and \`web_inf\` do not hold below
\`…/repos/{slug}/{browse,raw,files,src,diff,commits,compare}\`, \`web_inf\` not below \`/scm\` either.

## Where WebDAV goes to

MOVE and COPY write to another place than the one on their request line: the one in \`Destination\` (RFC 4918, 10.3). For tokens it is a
second path, whatever the method: step 8 judges it by all that is said above and by what tokens reach (\`path_blocked\`), step 17 by the
token's path rules, for the method of the request (\`path_rule_refused\`). It is one line with a path, or with an address by http or https
of the request's own host (ports count as little as for routes), and leads to the same application. Refused (\`path_blocked\`) is a MOVE or
COPY without one, and whatever has one that is anything else:

${table(
  ["fault", "Explain says"],
  Object.entries(DESTINATION_FAULTS).map(([fault, text]) => [code(fault), text]),
)}

What moves or copies a folder is judged by the folder's paths, as what deletes one is. What other methods name in their bodies (BIND
and REBIND of RFC 5842, what a REPORT lists) nobody judges, since bodies are not read: where a server knows such, name the methods in
path rules. What is no token of ours names any Destination. Who asks by \`POST /v1/verify\`, or tells the verifier headers by name,
tells it \`Destination\`.

## What tokens reach, and what is a read

Everything that is not a read is a write; unknown methods, method overrides (\`X-HTTP-Method-Override\`, \`_method\` …) and
\`info/refs?service=git-receive-pack\` too. An \`Upgrade\` to another protocol is refused to tokens, unless it is to WebSocket and
the application allows it: then it is a write.
In a pattern \`*\` is one segment, \`**\` any number; a star inside a segment is any characters.
Pages for browsers (Confluence's \`/display/DS/100%25+done\`) are not among what tokens reach, although nothing in the path filter
recognises them: browsers pass, and for tokens an administrator names them in the application's *paths*.

${Object.entries(KINDS)
  .map(([kind, paths]) => kindSection(kind, paths))
  .join("\n\n")}

### Read packs

What is commonly needed beyond that, chosen by name. Explain names the pack that would let a request pass.

${table(["pack", "for", "opens", "tokens reach", "reads", "who needs it"], Object.entries(READ_PACKS).map(packRow))}

## What passes under block

A rule \`block\` of an application may have an exception: these users, these paths. Where both are named, both must hold. Names
count only where they came as Basic, without regard to case, and are only claimed: whoever knows such a name can send it. A
log-in by \`POST /rest/auth/1/session\` has its name in the body, so only paths let it through; another credential beside it needs
its own exception.
With *preflight* a CORS preflight (\`OPTIONS\` with \`Origin\` and \`Access-Control-Request-Method\`, without credential and cookie)
passes although \`none\` is blocked. Gateways tell the verifier that there are cookies, and not which (Envoy by gRPC tells it every
header). Envoy by HTTP, Istio, Traefik and APISIX cannot: behind them one that brings a cookie passes too, on the API
host without that cookie.
`;
}
