import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { endpointAt } from "#lib/verification/adapters";
import { checkQuestion } from "#lib/verification/adapters/check-request";
import type { Decision } from "#lib/verification/decide";
import type { CalledQuestion } from "#lib/verification/question";
import type { OriginalRequest } from "#lib/verification/request";
import { GATEWAY_SECRET } from "#test/plane";
import { call, decide, gateway, SECRET } from "#test/verification";
import { requestsWith } from "./credentials";
import { runs } from "./runs";
import { ASK, type Asked, checkOf, inHeaders } from "./wires";

const facts = {
  gateways: [
    gateway({ key: "gw1", adapter: "nginx" }),
    gateway({ key: "fwd", adapter: "forward" }),
    gateway({ key: "envoy", adapter: "envoy" }),
    gateway({ key: "api", adapter: "api" }),
  ],
};
const PEER = parseAddress("127.0.0.1");

/** What the verifier understands of bytes that Node has read. */
function understood({ lines: [first = "", ...lines], body }: Asked): CalledQuestion {
  const [method, url] = [first.slice(0, first.indexOf(" ")), first.slice(first.indexOf(" ") + 1, -" HTTP/1.1".length)];
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")];
  });
  const endpoint = endpointAt(method, url);
  if (endpoint === null) throw new Error(`There is nothing at ${url}`);
  return endpoint.adapter.question(call({ method, url, headers, body, peer: PEER }), endpoint.gatewayKey);
}

/** Each protocol's question about the same request; of those that can carry it. */
function questionsAbout(about: OriginalRequest): CalledQuestion[] {
  const grpc = { peer: PEER, keys: ["envoy"], secrets: [GATEWAY_SECRET] };
  const inALine = /^[!-~]+$/.test(about.method) && /^\/[!-~]*$/.test(about.target);
  return [
    ...(inALine ? [understood(ASK.envoy(about))] : []),
    ...[ASK.nginx, ASK.forward, ASK.verify].map((ask) => understood(ask(about))),
    checkQuestion(checkOf(about, true), grpc),
  ];
}

/** A text as a header carries it: bytes, and no spaces around them. */
const asCarried = (text: string): string =>
  Buffer.from(text)
    .toString("latin1")
    .replace(/^[ \t]+|[ \t]+$/g, "");

const told = ({ reason, allowed, subject, ...rest }: Decision) => ({
  ...{ reason, allowed, application: subject.applicationKey, auth: subject.auth, path: subject.path },
  authorization: "authorization" in rest ? rest.authorization : null,
});

describe("whoever asks", () => {
  test("gets the same decision about the same request, or is told that it cannot be read", () => {
    let same = 0;
    const property = fc.property(requestsWith(SECRET), (asked) => {
      const about = inHeaders({ ...asked, headers: asked.headers.map(asCarried) });
      const decision = told(decide({ facts, request: about }));
      for (const question of questionsAbout(about)) {
        const answer = told(decide({ facts, question }));
        if (typeof question.reading === "string") expect(answer.reason).toBe("request_unreadable");
        else expect([question.adapter, answer]).toEqual([question.adapter, decision]);
        same += 1;
      }
    });
    fc.assert(property, runs(500));
    expect(same).toBeGreaterThan(1_500);
  });
});
