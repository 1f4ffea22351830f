import { expect } from "vitest";
import { GATEWAY_SECRET } from "../plane";
import { wholeText } from "../upstreams/recorder";
import { basic, bearer, MYSELF, only, type Place } from "./place";

const NAMES = ["Auth", "User", "User-Id", "Groups", "Access", "Token-Id", "Request-Id", "Assertion"];
const OURS = NAMES.map((name) => `x-latchkey-${name.toLowerCase()}`);

export async function identity({ api, application, ownerId, tokens: { read } }: Place): Promise<void> {
  for (const credential of [basic("maria", read.secret), bearer(read), `X-Api-Token: ${read.secret}`]) {
    expect((await api([MYSELF, credential])).status).toBe(200);
    const arrival = only(application);
    expect(arrival.headers).toMatchObject({
      ...{ "x-latchkey-auth": ["token"], "x-latchkey-user": ["maria"], "x-latchkey-user-id": [ownerId] },
      ...{ "x-latchkey-groups": ["api-users"], "x-latchkey-access": ["read"], "x-latchkey-token-id": [read.id] },
    });
    expect(arrival.headers["x-latchkey-request-id"]?.[0]).toMatch(/^[0-9a-f-]{36}$/);
    for (const gone of [read.secret, credential.split(" ").at(-1) ?? "", GATEWAY_SECRET])
      expect(wholeText(arrival)).not.toContain(gone);
  }
}

/** Each name alone and in one heap, in the spellings that servers read as the same. */
export const FORGED: readonly (readonly string[])[] = [
  NAMES.map((name) => `X-Latchkey-${name}: root`),
  NAMES.map((name) => `x-latchkey-${name.toLowerCase()}: root`),
  NAMES.map((name) => `X_Latchkey_${name.replaceAll("-", "_")}: root`),
  NAMES.map((name) => `X-Latchkey_${name}: root`),
  NAMES.flatMap((name) => [`X-Latchkey-${name}: root`, `X-LATCHKEY-${name}: root`]),
  ["X-Latchkey-Gateway-Key: root", "X-Latchkey-Reason: root", "X-Latchkey-Status: root"],
  NAMES.flatMap((name) => [`X-Latchkey-${name}: root`, `Connection: close, X-Latchkey-${name}`]),
  ["X-Remote-User: root", "X-REMOTE-USER: root"],
  ["X_Remote_User: root", "X-Remote_User: root", "X_Remote-User: root"],
  ["X-Remote-User: root", "Connection: close, X-Remote-User"],
  [`Connection: close, Authorization, ${NAMES.map((name) => `X-Latchkey-${name}`).join(", ")}`],
];

/** The same behind a chunked body. */
async function behindBody({ gateway, asked, application, tokens: { read } }: Place): Promise<void> {
  const lines = ["POST /rest/api/2/search HTTP/1.1", "Transfer-Encoding: chunked", "TE: trailers"];
  const names = ["X-Latchkey-User", "X-Forwarded-For", "X_Latchkey_Groups"];
  const said = names.map((name) => `${name}: root\r\n`).join("");
  for (const ask of asked)
    for (const credential of [bearer(read), "Cookie: JSESSIONID=1"]) {
      await ask([...lines, `Trailer: ${names.join(", ")}`, credential], `2\r\n{}\r\n0\r\n${said}\r\n`);
      const arrival = only(application);
      expect([arrival.body, arrival.trailers, arrival.headers.te]).toEqual(["{}", [], undefined]);
      expect(wholeText(arrival)).not.toContain("root");
      // Caddy announces what the client does, and sends none of it.
      if (gateway.name !== "Caddy") expect(arrival.headers.trailer).toBeUndefined();
    }
}

export async function forged(place: Place): Promise<void> {
  const { gateway, api, main, application, tokens } = place;
  const { read } = tokens;
  for (const forgery of FORGED) {
    const { status } = await api([MYSELF, bearer(read), ...forgery]);
    expect([forgery, status]).toEqual([forgery, 200]);
    const { headers } = only(application);
    const isGone = gateway.hopByHop && forgery.some((line) => line.includes("Authorization"));
    const [user, auth] = isGone ? ["", "none"] : ["maria", "token"];
    expect([headers["x-latchkey-user"]?.[0] ?? "", headers["x-latchkey-auth"]]).toEqual([user, [auth]]);
    expect(JSON.stringify(headers)).not.toContain("root");
  }
  // What is emulated is told of no trailers.
  if (gateway.told !== null) await behindBody(place);
  if (gateway.apiHostOnly) return;
  for (const forgery of FORGED) {
    expect((await main([MYSELF, "Cookie: JSESSIONID=1", ...forgery])).status).toBe(200);
    const { headers } = only(application);
    expect(JSON.stringify(headers)).not.toContain("root");
    const ours = OURS.filter((name) => (headers[name]?.join() ?? "") !== "");
    expect(ours).toEqual([]);
  }
}

export async function session({ asked, application, tokens: { read } }: Place): Promise<void> {
  for (const ask of asked) {
    const answer = await ask([MYSELF, bearer(read), "Cookie: JSESSIONID=1", "Cookie: atlassian.xsrf.token=2"]);
    expect([answer.status, answer.headers["set-cookie"]]).toEqual([200, undefined]);
    expect(only(application).headers.cookie).toBeUndefined();
  }
}
