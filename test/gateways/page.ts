import { CLIENT_VERSIONS } from "./client-versions";
import { EMULATIONS } from "./emulations";
import { ALONE, INTROSPECTED, MODULES, PROTOCOLS, SAID, SAID_OF_LIMITS } from "./protocols";
import {
  CLIENTS,
  type ClientId,
  GATEWAYS,
  type GatewaySpec,
  INSTEAD,
  NATIVE,
  OWN,
  PROMISES,
  type PromiseId,
  SECURED,
  TARGETS,
  UNDISTURBED,
} from "./table";

type Row = readonly string[];

/** Bars in cells would end them. */
function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string) => `\`${text}\``;
const codes = (texts: readonly string[]) => texts.map(code).join(" ") || "none";
const pairs = (of: Readonly<Record<string, string>>) =>
  Object.entries(of)
    .map(([from, to]) => `${code(from)} → ${code(to)}`)
    .join(", ") || "none";
const headOf = ({ name, version, told }: GatewaySpec) => `${name} ${told ? version : `(${version}, emulated)`}`;
const IDS = Object.keys(PROMISES).filter((id): id is PromiseId => id in PROMISES);

function cellOf({ instead }: GatewaySpec, id: PromiseId): string {
  const other = instead[id];
  return other === undefined ? "holds" : INSTEAD[other];
}

const promises = (gateways: readonly GatewaySpec[]) =>
  table(
    ["promise", ...gateways.map(headOf)],
    IDS.map((id) => [PROMISES[id], ...gateways.map((each) => cellOf(each, id))]),
  );

/** Rows that hold in every column. */
const all = (head: Row, rows: Row) =>
  table(
    head,
    rows.map((row) => [row, ...head.slice(1).map(() => "holds")]),
  );

const CLIENT_IDS = Object.keys(CLIENTS).filter((id): id is ClientId => id in CLIENTS);
const clients = table(
  ["client", "version", ...GATEWAYS.map(headOf)],
  CLIENT_IDS.map((id) => [CLIENTS[id], CLIENT_VERSIONS[id].version, ...GATEWAYS.map(() => "holds")]),
);

const native = all(["what comes", ...GATEWAYS.map(headOf)], [UNDISTURBED, ...Object.values(NATIVE)]);

const alone: Readonly<Partial<Record<string, string>>> = ALONE;
const protocols = table(
  ["what it says", ...PROTOCOLS.map((name) => (name === "api" ? "`POST /v1/verify`" : name)), "introspection"],
  Object.entries({ ...SAID, ...SAID_OF_LIMITS }).map(([id, said]) => [
    ...[said, ...PROTOCOLS.map(() => "holds"), alone[id] ?? "not told of the request"],
  ]),
);

const secured = all(["over TLS and HTTP/2", ...GATEWAYS.map(headOf)], Object.values(SECURED));

/** The page docs/gateways.md, whole. `node docs/generate.mjs` writes it; a test keeps it up to date. */
export const gatewaysPage =
  (): string => `<!-- Generated from test/gateways by \`node docs/generate.mjs\`. Do not edit. -->

# What is proven of each gateway

Each cell is a test of \`npm test\` (test/gateways): the real program with the files of \`gateways/\` as they are shipped (but for names, addresses and the lines for TLS towards clients), before a real verifier, in front of an application that writes down what arrives. One application there takes tokens in a header (\`${OWN.header}\`) and a parameter (\`${OWN.query}\`) of its own, so the files also have what a gateway's page adds for that; and those of the programs that have lines for \`X-Remote-User\` have these taken (Clients, below). The tests and this page are made from one table; a row that did not hold, a gateway that was not there, or a program or a client of another version than the one named would fail them.

${promises(GATEWAYS)}

## TLS and HTTP/2 in front

The same files with their lines for TLS and a certificate, and clients that speak HTTP/2; Apache with mod_http2 as Debian enables it.

${secured}

These four also ask a verifier on a socket, with TLS and with mutual TLS, and none whose certificate or name is another's (test/upstreams/reaching.int.test.ts).

Caddy, HAProxy and Apache, and the emulated Envoy, Istio, Traefik, APISIX and Kong, also run with the files of a gateway's page for two applications: each host leads to its own, and a token reaches no other by whatever host is said (test/upstreams/per-application.int.test.ts).

## Emulated

These cannot be run here. What a gateway's page shows of the files that are shipped for them is obeyed by emulations of what their documentation says, before the same verifier, and tried in the same way. What the programs do beyond their documentation nobody has seen: try yours before people depend on it. A cell that says anything but *holds* is proven too. Envoy and Traefik dial a verifier on a socket (Envoy), with TLS and with mutual TLS by the lines of these files (test/upstreams/reaching.int.test.ts), and ingress-nginx has nginx's lines. How Istio, APISIX and Kong do nobody has tried: only the text of their files is compared (lib/gateways/reaching.test.ts).

${promises(EMULATIONS)}

## Clients

Also before a real verifier, each on both hosts. Behind the gateways stand real git and a real Radicale; Jira and Bitbucket's REST API are small stand-ins.

${clients}

git shows a credential only when it is asked for one. On the API host Latchkey asks where requests without a credential are blocked, the application where they are observed; on the main host it is always the application, which must want one (a repository that everybody may read is read without).

Radicale knows the user by \`X-Remote-User\`: the files set that to the token's owner once their line for it is taken (\`EDIT\`), and take away whatever a client says in it, in every spelling that WSGI reads so, also where nobody is asked. Without that line Radicale knows nobody. The lines for Envoy, Istio and Kong are held to the same by their emulations, and their Lua is run as it is, in another program's (test/upstreams/remote-user.int.test.ts); Traefik and APISIX have none.

### With the application's own credentials

In front of an application that signs its own people in (passwords, personal access tokens, sessions) and whose rules observe all of it, on both hosts. What a client sees there it also sees without a gateway.

${native}

A header that only the gateway or the verifier may send does not arrive (\`X-Forwarded-…\`, \`X-Latchkey-…\`, names with an underscore …). nginx, Caddy, HAProxy and Apache say themselves which \`Server\` they are and how a body is cut; Apache writes the right day of the week into a date.

## By protocol

What the verifier itself says, in whichever protocol it is asked: \`POST /v1/verify\` is for applications that ask for themselves (server/verifier/contract.int.test.ts and contract-limits.int.test.ts). Introspection (RFC 7662) is told of a token alone, and says of it what can be said (server/verifier/contract-alone.int.test.ts).

${protocols}

## By introspection

Apache with mod_oauth2 ([introspection.conf](../gateways/apache/introspection.conf)) or mod_auth_openidc ([introspection-openidc.conf](../gateways/apache/introspection-openidc.conf)) asks about the token alone, and keeps none of the promises above but these (test/upstreams/apache-introspection.int.test.ts).

${all(["Apache", ...MODULES.map(({ name, version }) => `${name} ${version}`)], Object.values(INTROSPECTED))}

Behind one httpd with two applications a token for one alone reaches it and never the other, whether one gateway asks for both or each has its own (test/upstreams/apache-introspection-applications.int.test.ts).

Neither is for the main host: passwords and native tokens would have to go on there unasked, and with them a token of ours that comes as a Basic password or in a header of its own.

## Paths

These are followed from the client by way of the question to the application: ${codes(TARGETS)}.

${table(
  ["gateway", "refuses itself (4xx)", "spells in another way, then asks", "arrives so, judged as the same"],
  [...GATEWAYS, ...EMULATIONS].map((each) => [each.name, codes(each.refuses), pairs(each.spells), pairs(each.merges)]),
)}

All others arrive byte for byte as they were judged.

## To know

${[...GATEWAYS, ...EMULATIONS].map(({ name, note }) => `- **${name}**: ${note}`).join("\n")}
`;
