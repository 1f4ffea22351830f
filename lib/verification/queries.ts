import { Buffer } from "node:buffer";
import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { id, slug } from "#lib/fields";
import { instant } from "#lib/tokens/schema";
import { readVerifyBody, verifyBody } from "./adapters/api";
import { digestAskedFor, type Explanation, explain } from "./explain";
import type { TokenFacts } from "./facts/model";
import { readInstallationFacts, readTokenFacts } from "./facts/portal";
import { type Installation, layOut } from "./installation";
import { parseTarget } from "./path";
import type { Question } from "./question";
import { canonicalHost, routeTo } from "./route";
import { carriesCredential, placeIn, standIn } from "./standing-in";

/**
 * A described request: the body of `POST /v1/verify`. `gateway` is the one through which it would come, preset the first
 * that asks about the host, or where none does the first; `tokenId` stands for a token whose secret is not at hand; `at`
 * is when it would be sent, preset now.
 */
export const explainInput = verifyBody
  .extend({ gateway: slug, tokenId: id, at: instant })
  .partial({ gateway: true, tokenId: true, at: true });

export type ExplainInput = ReturnType<typeof explainInput.parse>;

/** What the request turned out to be about, as far as the list came. */
type About = {
  readonly gateway: string | null;
  readonly application: string | null;
  readonly tokenId: string | null;
};

/** The verdict and every step that led to it. */
export type Explained = Omit<Explanation, "subject"> & { readonly about: About };

const NOT_YOURS = refuse(
  "forbidden",
  "Only requests with a token of your own are explained to you. Administrators and auditors see all.",
);

function mayAsk(viewer: Viewer, found: TokenFacts | null | undefined): boolean {
  if (can(viewer, "explain.any")) return true;
  return "userId" in viewer && found?.owner.id === viewer.userId;
}

const unclear = (path: string, message: string) => refuse("invalid_input", message, [{ path, message }]);

/** Applications that are found on this host, whatever the path. */
function applicationsOn({ facts }: Installation, host: string) {
  const canonical = canonicalHost(host);
  return facts.applications.filter(({ routes }) => routes.some((route) => canonicalHost(route.host) === canonical));
}

function gatewayFor(installation: Installation, host: string): string {
  const keys = applicationsOn(installation, host).map(({ key }) => key);
  const gateways = [...installation.facts.gateways.values()];
  const asks = gateways.find(({ applications }) => applications.some((key) => keys.includes(key)));
  // Where none asks about the host, that is what is wrong with it: not the gateway, whose secret nobody doubts.
  return (asks ?? gateways[0])?.key ?? "";
}

type Described = Omit<ExplainInput, "gateway" | "tokenId" | "at">;
type Asked = { readonly request: Described; readonly digest: string | null };

/** How the application of a request takes tokens; where none is found, the first on its host. */
function credentialsAt(installation: Installation, { host, uri }: Described) {
  const target = parseTarget(uri);
  const routed = target.ok ? routeTo(installation.routes, canonicalHost(host) ?? "", target) : null;
  const found = routed === null || routed === "contradiction" ? undefined : routed.to.application;
  return (found ?? applicationsOn(installation, host)[0])?.credentials;
}

/** Gives the request the credential of a token that the viewer sees, without its secret. */
async function withToken(
  viewer: Viewer,
  installation: Installation,
  request: Described,
  { tokenId, place }: { readonly tokenId: string; readonly place?: string },
): Promise<Result<Asked>> {
  const row = await database().token.findUnique({ where: { id: tokenId }, select: { ownerId: true, digest: true } });
  const isOwn = row !== null && "userId" in viewer && row.ownerId === viewer.userId;
  if (row === null || !(isOwn || can(viewer, "explain.any"))) return refuse("not_found", "There is no such token.");
  if (row.digest === null) return unclear("tokenId", "This token has no secret yet: nobody can have used it.");
  const credentials = credentialsAt(installation, request);
  if (carriesCredential(request.headers, credentials?.header)) {
    return unclear("headers", "Pick a token or send its credential in the headers, not both.");
  }
  const { headers, query } = standIn(place ?? placeIn(credentials), installation.prefixes.prefix);
  const uri = query === "" ? request.uri : `${request.uri}?${query}`;
  const whole = { ...request, uri, headers: { ...request.headers, ...headers } };
  return ok({ request: whole, digest: Buffer.from(row.digest).toString("hex") });
}

/**
 * Judges a described request by the very list that the verifier judges by, with the facts of now, and tells each step:
 * windows, ends and overlaps as they are at the time that the request says, changes until then are nobody's to know.
 * Nothing is consumed, recorded or let through.
 * @param place where the secret of the picked token would stand; left out: where the application takes one
 * @returns `forbidden` for who asks about anything but a token of their own, without a role
 */
export async function explainRequest(viewer: Viewer, input: ExplainInput, place?: string): Promise<Result<Explained>> {
  const { gateway, tokenId, at = now(), ...described } = input;
  const db = database();
  const installation = layOut(await readInstallationFacts(db));
  const asked =
    tokenId === undefined
      ? ok({ request: described, digest: null })
      : await withToken(viewer, installation, described, place === undefined ? { tokenId } : { tokenId, place });
  if (!asked.ok) return asked;
  const gatewayKey = gateway ?? gatewayFor(installation, described.host);
  const adapter = installation.facts.gateways.get(gatewayKey)?.adapter ?? "api";
  const question: Question = {
    ...{ adapter, gatewayKey, contact: null, reading: readVerifyBody(asked.value.request) },
    withholds: adapter === "api" ? "all" : "headers",
  };
  const digest = digestAskedFor(installation, question, at);
  // A stand-in is looked up under the digest of the token that it stands for.
  const found = digest === null ? undefined : await readTokenFacts(db, asked.value.digest ?? digest);
  if (tokenId === undefined && !mayAsk(viewer, found)) return NOT_YOURS;
  const { subject, ...explained } = explain(installation, question, found, at);
  const about = { gateway: subject.gatewayKey, application: subject.applicationKey, tokenId: subject.tokenId };
  return ok({ ...explained, about });
}
