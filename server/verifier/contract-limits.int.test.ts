import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAYS } from "#lib/tokens/restrictions/restrictions";
import { newSecret } from "#lib/tokens/secret";
import { PROTOCOLS, SAID_OF_LIMITS, type SaidOfLimitsId } from "#test/gateways/protocols";
import { GATEWAY_SECRET } from "#test/plane";
import { seedApplication, seedToken } from "#test/seeded";
import { basic } from "#test/verification";
import { bearer, type Contract, openContract } from "#test/ways/contract";
import { bearing, inThreeDays } from "#test/ways/limits";
import { ORIGINAL, type Original, type Said } from "#test/ways/way";

// The rest of what every gateway is promised in whichever protocol it asks: what narrows a token, or lets more pass.

const TOKENS_ONLY = { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" };
/** Where WebSockets and preflights pass, and where none does. */
const [CHAT, CLOSED] = ["/chat", "/closed"];

let contract: Contract;
beforeAll(async () => {
  const below = (context: string) => ({
    ...{ identity: "header" as const, rules: TOKENS_ONLY, routes: { create: [{ host: ORIGINAL.host, context }] } },
  });
  contract = await openContract(async (db) => [
    await seedApplication(db, "jira", "jira", { identity: "header" }),
    await seedApplication(db, "chat", "generic", { ...below(CHAT), webSocket: true, preflight: true }),
    await seedApplication(db, "closed", "generic", below(CLOSED)),
  ]);
});
afterAll(() => contract.close());

const made = (some: Parameters<typeof seedToken>[2], owner = contract.maria) =>
  seedToken(contract.installation.db, owner, some);

type Asks = (original: Original) => Promise<Said>;

/** Each of these is refused for this reason, with this status, and with no challenge unless it is a 401. */
async function refuses(ask: Asks, status: number, code: string, originals: readonly Original[]): Promise<void> {
  for (const original of originals) {
    const said = await ask(original);
    expect([original, said.status, said.body]).toEqual([original, status, expect.stringContaining(code)]);
    expect([original, said.challenges.length]).toEqual([original, status === 401 ? 1 : 0]);
  }
}

async function passes(ask: Asks, originals: readonly Original[]): Promise<void> {
  for (const original of originals) expect([original, (await ask(original)).status]).toEqual([original, 200]);
}

/** This is too often, for this reason, and one may come again within a minute. */
async function tooOften(ask: Asks, code: string, original: Original): Promise<void> {
  const said = await ask(original);
  expect([said.status, said.challenges, said.body]).toEqual([429, [], expect.stringContaining(code)]);
  expect(Number(said.retryAfter)).toBeGreaterThan(0);
  expect(Number(said.retryAfter)).toBeLessThanOrEqual(60);
}

const ONE = { perMinute: 1, burst: 1 };
const [ISSUE, DELETES] = ["/rest/api/2/issue/A-1", ["X-HTTP-Method-Override", "DELETE"]];
const WEB_SOCKET = ["Upgrade", "websocket"];
const PREFLIGHT = ["Origin", "https://board.corp", "Access-Control-Request-Method", "PUT"];

/** From which nobody has failed here. */
let taken = 0;
function freshAddress(): string {
  taken += 1;
  return `198.51.100.${taken}`;
}

/** Each promise is proven by the function of its name. */
const PROVES: Record<SaidOfLimitsId, (ask: Asks) => Promise<void>> = {
  async conditions(ask) {
    const own = bearer(await made({ headerConditions: [{ name: "x-team", value: "release" }] }));
    const team = ["X-Team", "release"];
    await passes(ask, [{ lines: [...team, ...own] }, { lines: [...own, "x-team", "release"] }]);
    const others = [[], ["X-Team", "other"], ["X-Team", ""], ["X-Team", "Release"], ["X_Team", "release"]];
    const twice = [
      [...team, ...team],
      [...team, "x-team", "other"],
      ["X-Team", "", ...team],
      ["X-Team", "release,"],
    ];
    const lines = [...others, ...twice].map((each) => ({ lines: [...each, ...own] }));
    await refuses(ask, 403, "header_refused", lines);
  },

  async pathRules(ask) {
    const lines = bearer(await made({ pathRules: ["GET /rest/api/2/issue/*", "POST /rest/api/2/issue"] }));
    await passes(ask, [
      { target: ISSUE, lines },
      { target: `${ISSUE}?expand=x`, lines },
      { target: "/rest/api/2/issue/%41-1", lines },
      { method: "POST", target: "/rest/api/2/issue", lines },
    ]);
    await refuses(ask, 403, "path_rule_refused", [
      { lines },
      { method: "DELETE", target: ISSUE, lines },
      { method: "POST", target: ISSUE, lines },
      { target: `${ISSUE}/comment`, lines },
      { target: "/rest/api/2/issue", lines },
      { target: "/rest/API/2/issue/A-1", lines },
      { target: ISSUE, lines: [...DELETES, ...lines] },
      { target: `${ISSUE}?_method=DELETE`, lines },
    ]);
  },

  async moves(ask) {
    const own = bearer(await made({ pathRules: ["* /rest/maria/**"] }));
    const to = (places: readonly string[], lines = own, method = "MOVE") => ({
      ...{ method, target: "/rest/maria/a" },
      lines: [...places.flatMap((place) => ["Destination", place]), ...lines],
    });
    const [HERE, ELSEWHERE] = ["/rest/maria/b", "/rest/fred/b"];
    await passes(ask, [to([HERE]), to([`https://${ORIGINAL.host.toUpperCase()}:443${HERE}`], own, "COPY")]);
    await refuses(ask, 403, "path_rule_refused", [to([ELSEWHERE]), to([ELSEWHERE], own, "COPY")]);
    await passes(ask, [to([ELSEWHERE], bearer(contract.tokens.write))]);
    const nowhere = [[], [""], [HERE, HERE], [HERE, ELSEWHERE], [`${CHAT}/rest/maria/b`], [`https://x.corp${HERE}`]];
    const lines = bearer(contract.tokens.write);
    await refuses(
      ask,
      403,
      "path_blocked",
      [...nowhere, ["/rest/auth/1/session"]].map((all) => to(all, lines)),
    );
  },

  async time(ask) {
    const always = { zone: "UTC", days: [...DAYS], from: "00:00", to: "24:00" };
    await passes(ask, [{ lines: bearer(await made({ timeWindow: always })) }]);
    const closed = await made({ timeWindow: { ...always, days: [inThreeDays()] } });
    await refuses(ask, 403, "time_refused", [{ lines: bearer(closed) }]);
  },

  async webSocket(ask) {
    const { read, write } = contract.tokens;
    const opens = (context: string, token: typeof read, lines = WEB_SOCKET, method = "GET") => ({
      ...{ method, target: `${context}/ws`, lines: [...lines, ...bearer(token)] },
    });
    await passes(ask, [opens(CHAT, write), opens(CHAT, read, [])]);
    await refuses(ask, 403, "write_refused", [opens(CHAT, read)]);
    await refuses(ask, 403, "upgrade_refused", [
      opens(CLOSED, write),
      opens(CHAT, write, ["Upgrade", "h2c"]),
      opens(CHAT, write, ["Upgrade", "websocket, h2c"]),
      opens(CHAT, write, WEB_SOCKET, "POST"),
    ]);
    await refuses(ask, 401, "unauthenticated", [{ target: `${CHAT}/ws`, lines: WEB_SOCKET }]);
  },

  async preflight(ask) {
    const asks = (lines: readonly string[], context = CHAT, method = "OPTIONS") => ({
      ...{ method, target: `${context}/rest/x`, lines },
    });
    const { status, identity } = await ask(asks(PREFLIGHT));
    expect([status, identity.auth]).toEqual([200, "none"]);
    expect([identity.user ?? "", identity.assertion ?? ""]).toEqual(["", ""]);
    await refuses(ask, 401, "unauthenticated", [
      asks(PREFLIGHT, CLOSED),
      asks(PREFLIGHT, CHAT, "GET"),
      asks(PREFLIGHT.slice(2)),
      asks(PREFLIGHT.slice(0, 2)),
      asks([...PREFLIGHT, "Cookie", "JSESSIONID=1"]),
      asks([...PREFLIGHT, ...DELETES]),
      asks([...PREFLIGHT, ...WEB_SOCKET]),
      asks([...PREFLIGHT, ...bearer({ secret: newSecret() })]),
    ]);
    await refuses(ask, 403, "password_blocked", [asks([...PREFLIGHT, ...basic("fred", "hunter2")])]);
  },

  async ownerRate(ask) {
    const { person } = contract.installation;
    const [hans, uta] = [await person(randomUUID(), ["api-users"]), await person(randomUUID(), ["api-users"])];
    const of = async ({ id }: { id: string }) => bearer(await made({ access: "read" }, id));
    const [first, second, another] = [await of(hans), await of(hans), await of(uta)];
    // Known from now on: a first look-up may be late on a busy machine, and have taken the only request of the minute.
    for (const lines of [first, second, another]) expect((await ask({ method: "DELETE", lines })).status).toBe(403);
    await bearing(contract, "ownerRate", ONE, async () => {
      await passes(ask, [{ lines: first }]);
      await tooOften(ask, "owner_rate_limited", { lines: second });
      await passes(ask, [{ lines: another }]);
    });
    await passes(ask, [{ lines: second }]);
  },

  async failures(ask) {
    const [client, other] = [freshAddress(), freshAddress()];
    const [unknown, good] = [bearer({ secret: newSecret() }), bearer(contract.tokens.read)];
    await bearing(contract, "failureRate", ONE, async () => {
      await refuses(ask, 401, "unauthenticated", [{ client, lines: unknown }]);
      await tooOften(ask, "too_many_failures", { client, lines: unknown });
      await passes(ask, [{ client, lines: good }]);
      await refuses(ask, 401, "unauthenticated", [{ client: other, lines: unknown }]);
    });
  },
};
const IDS = Object.keys(SAID_OF_LIMITS).filter((id): id is SaidOfLimitsId => id in SAID_OF_LIMITS);

describe.each(PROTOCOLS)("asked by %s", (name) => {
  test.each(IDS.map((id) => [SAID_OF_LIMITS[id], id] as const))("%s", (_said, id) =>
    PROVES[id]((original) => contract.ask(name, original)),
  );
});

test("no secret was logged, by whichever way it came", () => {
  const { at, tokens } = contract;
  for (const secret of [tokens.read.secret, tokens.write.secret, GATEWAY_SECRET])
    expect(at.lines.join("")).not.toContain(secret);
});
