import { describe, expect, test } from "vitest";
import { API_HOST, type Contract, FORGED, GATEWAY_SECRET, SECRET } from "./forwarding";
import { OVERRIDES } from "./overrides";
import { wholeText } from "./recorder";
import { ALLOW_TOKEN } from "./scripted-verifier";

const TARGETS = ["/", "//rest//api", "/a%2Fb", "/a%2fb", "/rest/%2e%2e/secure", "/rest/..;/x", "/a;b=c/d", "/a\\b"];
const MORE_TARGETS = ["/x%20y?q=%zz#f", "/rest/../secure", "/?a=b&c", "/%C3%84"];

/** The question that a program asks, what a token request brings along, and what is judged. */
export function describeTokens({ program, spells, merges, verifier, jira, gateway, api }: Contract): void {
  describe(`the question that ${program} asks`, () => {
    test("describes the original request once, whatever the client says about it", async () => {
      const lies = ["Method: TRACE", "Uri: /x", "Host: evil", "Proto: ftp", "For: 6.6.6.6"].map(
        (lie) => `X-Forwarded-${lie}`,
      );
      const more = ["X-Real-IP: 6.6.6.6", "X-Latchkey-Gateway-Key: guess", "X_Forwarded_For: 6.6.6.6"];
      await api(["DELETE /rest/api/2/issue/A-1?x=%20&gateway=evil HTTP/1.1", ...lies, ...more, "Cookie: JSESSIONID=1"]);
      const [asked] = verifier().take();
      expect(asked?.url.split("?")[0]).toBe("/v1/authz/forward/gw1");
      expect(asked?.url).not.toContain("evil");
      expect(asked?.headers).toMatchObject({
        "x-forwarded-method": ["DELETE"],
        "x-forwarded-uri": ["/rest/api/2/issue/A-1?x=%20&gateway=evil"],
        "x-forwarded-host": [`${API_HOST}:${gateway().port}`],
        "x-forwarded-proto": ["http"],
        "x-forwarded-for": ["127.0.0.1"],
        "x-latchkey-gateway-key": [GATEWAY_SECRET],
        cookie: ["withheld"],
      });
      expect(asked?.headers.x_forwarded_for).toBeUndefined();
    });

    test("carries the credential and what may change the method or the protocol", async () => {
      await api(
        ["POST /rest HTTP/1.1", `X-Api-Token: ${SECRET}`, "X-HTTP-Method-Override: DELETE", "User-Agent: it/1"],
        "{}",
      );
      const [asked] = verifier().take();
      expect(asked?.headers).toMatchObject({
        ...{ "x-api-token": [SECRET], "x-http-method-override": ["DELETE"], "user-agent": ["it/1"] },
      });
      expect(asked?.headers.cookie).toBeUndefined();
    });

    test("is not asked for methods that nobody needs", async () => {
      for (const method of ["TRACE", "TRACK"]) expect((await api([`${method} / HTTP/1.1`])).status).toBe(405);
      expect([verifier().take(), jira().take()]).toEqual([[], []]);
    });
  });

  describe(`a token request through ${program}`, () => {
    test.each([
      ["as Basic", `Authorization: Basic ${Buffer.from(`ada:${SECRET}`).toString("base64")}`],
      ["as Bearer", `Authorization: Bearer ${SECRET}`],
      ["in its own header", `X-Api-Token: ${SECRET}`],
    ])("%s arrives with the verifier's identity and nothing of the client's", async (_name, credential) => {
      expect((await api(["GET /rest/api/2/myself HTTP/1.1", credential, ...FORGED])).status).toBe(200);
      const [arrival] = jira().take();
      expect(arrival?.headers).toMatchObject({
        ...{ "x-latchkey-auth": ["token"], "x-latchkey-user": ["ada"], "x-latchkey-groups": ["devs,ops"] },
        ...{ "x-latchkey-access": ["read"], "x-latchkey-token-id": ["t-1"], "x-latchkey-user-id": ["u-1"] },
      });
      const sent = [SECRET, credential.split(" ").at(-1) ?? "", "root", GATEWAY_SECRET];
      for (const gone of sent) expect(arrival && wholeText(arrival)).not.toContain(gone);
    });

    test("carries what the verifier wants in Authorization", async () => {
      verifier().say({ ...ALLOW_TOKEN, headers: { ...ALLOW_TOKEN.headers, Authorization: "Bearer brokered" } });
      await api(["GET /rest/api/2/myself HTTP/1.1", "Authorization: Bearer mine"]);
      expect(jira().take()[0]?.headers.authorization).toEqual(["Bearer brokered"]);
    });

    test("brings no browser session there, and none back", async () => {
      const answer = await api(["GET /rest/api/2/myself HTTP/1.1", `X-Api-Token: ${SECRET}`, "Cookie: JSESSIONID=1"]);
      expect(jira().take()[0]?.headers.cookie).toBeUndefined();
      expect(answer.headers["set-cookie"]).toBeUndefined();
    });

    test("cannot turn into another method or address on the way", async () => {
      await api(["POST /rest/api/2/search HTTP/1.1", ...OVERRIDES.map((name) => `${name}: DELETE`)], "{}");
      const [arrival] = jira().take();
      expect(arrival?.body).toBe("{}");
      for (const name of OVERRIDES) expect(arrival?.headers[name.toLowerCase()]).toBeUndefined();
    });

    test("keeps its identity when the client asks for it to be dropped hop by hop", async () => {
      await api(["GET / HTTP/1.1", "Connection: close, X-Latchkey-User, Authorization"]);
      expect(jira().take()[0]?.headers["x-latchkey-user"]).toEqual(["ada"]);
    });
  });

  describe(`the bytes that ${program} has judged`, () => {
    test.each([...TARGETS, ...MORE_TARGETS])("are those that arrive: %s", async (target) => {
      const { status } = await api([`GET ${target} HTTP/1.1`]);
      const [asked, arrived] = [verifier().take()[0], jira().take()[0]];
      if (status === 400) return expect([asked, arrived]).toEqual([undefined, undefined]);
      expect(asked?.headers["x-forwarded-uri"]).toEqual([spells[target] ?? target]);
      expect(arrived?.url).toBe(merges[target] ?? spells[target] ?? target);
    });
  });
}
