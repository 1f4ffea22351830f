import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { assertedFor, pathBinding } from "#test/assertions";
import { PROTOCOLS, SAID, type SaidId } from "#test/gateways/protocols";
import { GATEWAY_SECRET } from "#test/plane";
import { seedApplication, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { basic } from "#test/verification";
import { bearer, type Contract, openContract } from "#test/ways/contract";
import { AMBIGUOUS, claiming, FAR, NOT_OURS } from "#test/ways/originals";
import { CLIENT, ORIGINAL } from "#test/ways/way";

// What every gateway is promised, in whichever protocol it asks; contract-limits.int.test.ts goes on. What one protocol
// alone has stands beside its adapter.

let installation: Contract["installation"];
let at: Contract["at"];
let maria: string;
let tokens: Contract["tokens"];
let ask: Contract["ask"];
let wayOf: Contract["wayOf"];
let close: Contract["close"];

beforeAll(async () => {
  const routes = { create: [{ host: ORIGINAL.host, context: "/signed" }] };
  ({ installation, at, maria, tokens, ask, wayOf, close } = await openContract(async (db) => [
    await seedApplication(db, "jira", "jira", { identity: "header" }),
    await seedApplication(db, "signed", "jira", { identity: "jwt", routes }),
  ]));
});
afterAll(() => close());

const UNREADABLE: Readonly<Record<string, () => string[]>> = {
  "two of the same": () => [...bearer(tokens.write), ...bearer(tokens.write)],
  "one of somebody else's beside ours": () => ["Authorization", "Negotiate AAAA", ...bearer(tokens.write)],
  "two kinds": () => [...bearer(tokens.write), ...basic("maria", tokens.write.secret)],
  "a header of ours beside": () => [...bearer(tokens.write), "X-Api-Token", tokens.write.secret],
  "two headers of ours": () => ["X-Api-Token", tokens.read.secret, "X-Api-Token", tokens.write.secret],
  "one that cannot be read": () => ["Authorization", "Basic !"],
};
/** With the best of tokens it is refused for this reason. */
async function refuses(name: string, target: string, code: string): Promise<void> {
  const { status, body } = await ask(name, { target, lines: bearer(tokens.write) });
  expect([target, status, body]).toEqual([target, 403, expect.stringContaining(code)]);
}

/** Each promise is proven by the function of its name. */
const PROVES: Record<SaidId, (name: string) => Promise<void>> = {
  async reads(name) {
    expect(await ask(name, { lines: bearer(tokens.read) })).toMatchObject({ status: 200, challenges: [] });
    expect((await ask(name, { lines: basic("maria", tokens.read.secret) })).status).toBe(200);
    expect((await ask(name, { lines: ["X-Api-Token", tokens.read.secret] })).status).toBe(200);
  },

  async writes(name) {
    const change = { method: "POST", target: "/rest/api/2/issue" };
    const refused = await ask(name, { ...change, lines: bearer(tokens.read) });
    expect(refused).toMatchObject({ status: 403, challenges: [] });
    expect(refused.body).toContain("This token may only read");
    expect(refused.body).toContain("write_refused");
    expect((await ask(name, { ...change, lines: bearer(tokens.write) })).status).toBe(200);
    const search = { method: "POST", target: "/rest/api/2/search" };
    expect((await ask(name, { ...search, lines: bearer(tokens.read) })).status).toBe(200);
    const override = ["X-HTTP-Method-Override", "DELETE", ...bearer(tokens.read)];
    expect((await ask(name, { ...search, lines: override })).status).toBe(403);
  },

  async unauthenticated(name) {
    const now = new Date();
    const useless = [
      { revokedAt: now, revokedBy: "x", revocationReason: "unused" },
      { suspendedAt: now, suspendedBy: "x" },
      { expiresAt: now },
    ] as const;
    const said = [
      await ask(name, { lines: bearer({ secret: newSecret() }) }),
      await ask(name, { lines: bearer({ secret: tokens.read.secret.slice(0, -1) }) }),
      await ask(name, { lines: basic("somebody", tokens.read.secret) }),
    ];
    for (const some of useless)
      said.push(await ask(name, { lines: bearer(await seedToken(installation.db, maria, some)) }));
    const bodies = said.map(({ body, identity }) => body.replaceAll(identity["request-id"] ?? "none", "ID"));
    for (const { status, challenges } of said) {
      expect([status, challenges.length]).toEqual([401, 1]);
      expect(challenges[0]).toMatch(/^Basic realm="[^"]+", charset="UTF-8", Bearer realm=/);
    }
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain("unauthenticated");
  },

  async unreadable(name) {
    for (const [what, lines] of Object.entries(UNREADABLE)) {
      const said = await ask(name, { lines: lines() });
      expect([what, said.status, said.challenges]).toEqual([what, 400, []]);
      expect([what, said.body]).toEqual([what, expect.stringContaining("invalid_request")]);
    }
  },

  async ambiguous(name) {
    for (const target of AMBIGUOUS) await refuses(name, target, "path_refused");
  },

  async blocked(name) {
    for (const target of ["/secure/admin/", "/rest/auth/1/session", "/rest/pat/latest/tokens"])
      await refuses(name, target, "path_blocked");
  },

  async secret(name) {
    for (const secret of [tokens.write.secret, newSecret()]) {
      const said = await ask(name, { gatewaySecret: "guess", lines: bearer({ secret }) });
      expect(said).toMatchObject({ status: 403, challenges: [] });
      expect(said.body).toContain("gateway_unauthorized");
    }
  },

  async rate(name) {
    const slow = await seedToken(installation.db, maria, { access: "read", rateLimit: { perMinute: 1, burst: 1 } });
    // Known from now on: a first look-up may be late on a busy machine, and have taken the only request of the minute.
    expect((await ask(name, { method: "DELETE", lines: bearer(slow) })).status).toBe(403);
    expect((await ask(name, { lines: bearer(slow) })).status).toBe(200);
    const said = await ask(name, { lines: bearer(slow) });
    expect(said.status).toBe(429);
    expect(Number(said.retryAfter)).toBeGreaterThan(0);
    expect(Number(said.retryAfter)).toBeLessThanOrEqual(60);
    expect(said.body).toContain("rate_limited");
  },

  async address(name) {
    const bound = (address: string) => seedToken(installation.db, maria, { ipRanges: [`${address}/32`] });
    const tokensOf = { near: await bound(CLIENT), far: await bound(FAR) };
    for (const [client, other, own, strange] of [
      [CLIENT, FAR, tokensOf.near, tokensOf.far],
      [FAR, CLIENT, tokensOf.far, tokensOf.near],
    ] as const) {
      const forged = claiming(other, wayOf(name).tellsAddressIn);
      for (const more of [[], forged]) {
        expect((await ask(name, { client, lines: [...more, ...bearer(own)] })).status).toBe(200);
        const said = await ask(name, { client, lines: [...more, ...bearer(strange)] });
        expect(said).toMatchObject({ status: 403, challenges: [] });
        expect(said.body).toContain("token_address_refused");
      }
    }
  },

  async identity(name) {
    const { identity, authorization } = await ask(name, { lines: bearer(tokens.read) });
    expect(identity).toMatchObject({
      ...{ auth: "token", user: "maria", "user-id": maria, groups: "api-users" },
      ...{ access: "read", "token-id": tokens.read.id },
    });
    expect(identity["request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    if (!wayOf(name).tellsHeaders) return;
    expect([identity.assertion, authorization]).toEqual(["", ""]);
  },

  async assertion(name) {
    const keySet = new URL(`http://127.0.0.1:${at.port}/.well-known/jwks.json`);
    for (const [method, { id, secret }, scope] of [
      ["GET", tokens.read, "read"],
      ["POST", tokens.write, "read write"],
    ] as const) {
      const said = await ask(name, { method, target: "/signed/rest/%61pi?x=y", lines: bearer({ secret }) });
      const { assertion = "", user = "" } = said.identity;
      const told = await assertedFor("signed", assertion, keySet);
      expect(told).toMatchObject({ sub: maria, username: "maria", groups: ["api-users"], scope, client_id: id });
      const { host: hst } = ORIGINAL;
      expect(told).toMatchObject({ htm: method, hst, pth: pathBinding("/signed/rest/api") });
      if (wayOf(name).tellsHeaders) expect([said.authorization, user]).toEqual([`Bearer ${assertion}`, ""]);
    }
  },

  async observed(name) {
    for (const [auth, lines] of Object.entries(NOT_OURS)) {
      const [, credential = ""] = lines;
      const said = await ask(name, { lines, method: "DELETE", target: "/anything" });
      expect([said.status, said.identity.auth]).toEqual([200, auth]);
      if (!wayOf(name).tellsHeaders) {
        expect([auth, said.identity.user]).toEqual([auth, undefined]);
        continue;
      }
      expect([auth, said.authorization ?? ""]).toEqual([auth, auth === "none" ? "" : credential]);
      const named = ["user", "user-id", "groups", "access", "token-id", "assertion"];
      expect([auth, ...named.map((part) => said.identity[part])]).toEqual([auth, ...named.map(() => "")]);
    }
  },

  async quarantine(name) {
    const quarantine = (quarantinedAt: Date | null) =>
      installation.db.settings.update({ where: { id: 1 }, data: { quarantinedAt } });
    const answered = (status: number) =>
      waitUntil(`an answer of ${status}`, async () => {
        const said = await wayOf(name).ask({ lines: bearer(tokens.read) });
        return said.status === status ? said : undefined;
      });
    await quarantine(new Date());
    await waitUntil("the verifier knows", () => at.plane.facts.undecidable !== null || undefined);
    const said = await answered(503);
    expect([said.retryAfter, said.body]).toEqual(["1", expect.stringContaining("unavailable")]);
    await quarantine(null);
    await answered(200);
  },
};
const IDS = Object.keys(SAID).filter((id): id is SaidId => id in SAID);

describe.each(PROTOCOLS)("asked by %s", (name) => {
  test.each(IDS.map((id) => [SAID[id], id] as const))("%s", (_said, id) => PROVES[id](name));
});

test("no secret was logged, by whichever way it came", () => {
  const all = at.lines.join("");
  for (const secret of [tokens.read.secret, tokens.write.secret, GATEWAY_SECRET]) expect(all).not.toContain(secret);
});
