import { createHash } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { NOON } from "#test/rules";
import { someSigner } from "#test/signer";
import { application, basic, decide, SECRET } from "#test/verification";
import { api } from "./adapters/api";
import { answerAllowed } from "./answer";
import { ASSERTION_TYPE } from "./assertion";
import { keySetOf } from "./signer";

const signer = someSigner();
const facts = { applications: [application({ identity: "jwt" })] };
type Situation = NonNullable<Parameters<typeof decide>[0]>;

/** Headers of the answer, by name in lower case. */
function headersOf(situation: Situation = {}): Record<string, string> {
  const decision = decide({ facts, signer, ...situation });
  if (!decision.allowed) throw new Error(decision.reason);
  const { headers } = answerAllowed(decision, "r-1");
  return Object.fromEntries(
    headers.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), headers[i + 1] ?? ""]] : [])),
  );
}
const verified = (assertion = "", seconds = 0) =>
  jwtVerify(assertion, createLocalJWKSet({ keys: [...keySetOf(signer, NOON).keys] }), {
    ...{ issuer: "https://latchkey.corp", audience: "jira", algorithms: ["ES256"], typ: ASSERTION_TYPE },
    currentDate: new Date(NOON + seconds * 1_000),
  });
const claims = async (situation: Situation = {}) =>
  (await verified(headersOf(situation)["x-latchkey-assertion"])).payload;
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

describe("an assertion", () => {
  test("says whom the request is for, what it may, and which request it is", async () => {
    const owner = { usernames: { jira: "maria.silva" }, groups: [{ id: "g", ref: "jira-users" }] };
    expect(await claims({ owner, token: { access: "write" } })).toEqual({
      iss: "https://latchkey.corp",
      aud: "jira",
      sub: "0190d4a5-0000-7000-8000-000000000001",
      username: "maria.silva",
      groups: ["jira-users"],
      scope: "read write",
      client_id: "0190d4a5-0000-7000-8000-00000000000a",
      iat: NOON / 1_000,
      exp: NOON / 1_000 + 60,
      jti: "r-1",
      htm: "GET",
      hst: "jira.corp",
      pth: sha256("/rest/api/2/myself"),
    });
  });

  test("is of one method, host and canonical path, and says nothing of the query", async () => {
    const request = { method: "HEAD", host: "JIRA.corp:443", target: "/rest//api/2/my%73elf?jql=x" };
    const told = await claims({ request });
    expect([told.htm, told.hst, told.pth]).toEqual(["HEAD", "jira.corp", sha256("/rest/api/2/myself")]);
  });

  test("is good for a minute, for its own application, and under its own key only", async () => {
    const assertion = headersOf()["x-latchkey-assertion"];
    await expect(verified(assertion, 59)).resolves.toBeDefined();
    await expect(verified(assertion, 60)).rejects.toThrow(/exp/);
    const others = createLocalJWKSet({ keys: [...keySetOf(someSigner(), NOON).keys] });
    await expect(jwtVerify(assertion ?? "", others)).rejects.toThrow();
    const [head = "", body = "", signature = ""] = (assertion ?? "").split(".");
    const forged = Buffer.from(Buffer.from(body, "base64url").toString().replace("maria", "admin"));
    await expect(verified([head, forged.toString("base64url"), signature].join("."))).rejects.toThrow(/signature/);
  });

  test("goes to the upstream as Bearer and in its own header, and nothing else tells who it is", () => {
    const { authorization, ...told } = headersOf({ request: { headers: basic("maria", SECRET) } });
    expect(authorization).toBe(`Bearer ${told["x-latchkey-assertion"]}`);
    expect(told).toMatchObject({ "x-latchkey-auth": "token", "x-latchkey-user": "", "x-latchkey-groups": "" });
  });

  test("carries a name of any alphabet as it is, and groups as far as gateways take them", async () => {
    const groups = Array.from({ length: 500 }, (_, n) => ({
      id: `${n}`,
      ref: `entwicklung-größe-${n},${"x".repeat(60)}`,
    }));
    const situation = { owner: { username: "Ångström, 太郎", groups } };
    const told = await claims(situation);
    expect(told.username).toBe("Ångström, 太郎");
    expect(told.groups).toEqual(groups.slice(0, (told.groups as string[]).length).map(({ ref }) => ref));
    expect((told.groups as string[]).length).toBeGreaterThan(10);
    expect(JSON.stringify(headersOf(situation)).length).toBeLessThan(12_000);
  });

  test("comes with what is no token of ours no more than any other identity", () => {
    const { authorization, ...told } = headersOf({ facts: { applications: [application({ identity: "none" })] } });
    expect([authorization, told["x-latchkey-assertion"]]).toEqual(["", ""]);
    const observing = application({ identity: "jwt" });
    const foreign = { facts: { applications: [observing] }, request: { headers: ["Authorization", "Bearer native"] } };
    expect(headersOf(foreign)).toMatchObject({ authorization: "Bearer native", "x-latchkey-assertion": "" });
  });

  test("is part of what POST /v1/verify tells", async () => {
    const { body } = api.answer(decide({ facts, signer }), { requestId: "r-2", portalUrl: "" });
    const { assertion } = JSON.parse(body);
    expect((await verified(assertion)).payload.jti).toBe("r-2");
    const plain = api.answer(decide(), { requestId: "r-2", portalUrl: "" });
    expect(JSON.parse(plain.body)).not.toHaveProperty("assertion");
  });

  test("is nobody's to give where the key cannot be opened: the request is refused as undecided, not let through", () => {
    expect(decide({ facts, signer: null })).toMatchObject({ allowed: false, reason: "assertion_unavailable" });
    expect(decide({ facts })).toMatchObject({ allowed: false, reason: "undecided" });
  });
});
