import { Buffer } from "node:buffer";
import { z } from "zod";
import { type Answer, type Answering, headersOf } from "../answer";
import { signAssertion } from "../assertion";
import { parseBasic } from "../basic";
import type { Decision } from "../decide";
import type { Reading } from "../question";
import { publicCode, REASONS } from "../reasons";
import { onlyValue } from "../request";
import type { Adapter } from "./adapter";

const value = z
  .string()
  .max(16_384)
  .regex(/^[^\r\n\0]*$/);
const name = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/);

/** The body of `POST /v1/verify`: the original request in the caller's words. */
export const verifyBody = z.strictObject({
  method: z.string().min(1).max(64),
  uri: z.string().min(1).max(16_384),
  host: z.string().min(1).max(512),
  proto: z.string().min(1).max(16),
  clientIp: z.string().min(1).max(64),
  headers: z
    .record(name, z.union([value, z.array(value).max(16)]))
    .refine((headers) => Object.keys(headers).length <= 128, "at most 128 headers"),
});

/** Reads the body of a verification; also what Explain is asked with. */
export function readVerifyBody(body: unknown): Reading {
  const parsed = verifyBody.safeParse(body);
  if (!parsed.success) return parsed.error.issues[0]?.path.join(".") || "body";
  const { method, uri: target, host, proto, clientIp: clientAddress, headers } = parsed.data;
  const lines = Object.entries(headers).flatMap(([line, values]) => [values].flat().flatMap((one) => [line, one]));
  return { method, target, host, proto, clientAddress, headers: lines };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rate = ({ quota }: Decision) => (quota === null ? {} : { rateLimit: quota });

function bodyOf(decision: Decision, requestId: string): string {
  const { allowed } = decision;
  const reason = publicCode(decision.reason);
  if (!allowed) {
    const { status, sentence: detail } = REASONS[decision.reason];
    const auth = status === 403 || status === 429 ? decision.subject.auth : null;
    return JSON.stringify({ allowed, reason, requestId, auth, detail, ...rate(decision) });
  }
  const { auth, identity, assertion } = decision;
  if (identity === null) return JSON.stringify({ allowed, reason, requestId, auth });
  const { tokenId, tokenName, userId, username, groups, access, expiresAt } = identity;
  const token = { id: tokenId, name: tokenName };
  const user = { id: userId, username, groups };
  const signed = assertion === null ? {} : { assertion: signAssertion(assertion, requestId) };
  const ends = expiresAt === null ? null : new Date(expiresAt).toISOString();
  return JSON.stringify({
    allowed,
    reason,
    requestId,
    auth,
    token,
    user,
    access,
    expiresAt: ends,
    ...rate(decision),
    ...signed,
  });
}

/** The answer of `POST /v1/verify`: JSON, with the decision's own status, so that nobody need read it to refuse. */
function answer(decision: Decision, { requestId }: Answering): Answer {
  const body = bodyOf(decision, requestId);
  if (!decision.allowed) {
    const { status } = REASONS[decision.reason];
    return { status, headers: headersOf(decision, requestId, "application/json", body), body };
  }
  const length = String(Buffer.byteLength(body));
  const headers = ["Content-Type", "application/json", "Content-Length", length, "Cache-Control", "no-store"];
  return { status: 200, headers: [...headers, "X-Latchkey-Request-Id", requestId], body };
}

/** Applications, gateways of one's own, tests: JSON. The caller is named by Basic `key:secret`, not by the URL. */
export const api: Adapter = {
  name: "api",
  needsBody: true,
  claims: (method, url) => (method === "POST" && url === "/v1/verify" ? "" : null),
  question({ headers, peer, body }) {
    const [scheme = "", encoded = ""] = (onlyValue(headers, "authorization") ?? "").split(" ");
    const caller = scheme.toLowerCase() === "basic" ? parseBasic(encoded) : null;
    return {
      adapter: "api",
      gatewayKey: caller?.username ?? "",
      contact: { peer, secrets: caller === null ? [] : [caller.password] },
      reading: readVerifyBody(parseJson(body)),
      withholds: "all",
    };
  },
  answer,
};
