import { describe, expect, test } from "vitest";
import type { Decision } from "../decide";
import type { Subject } from "../decision";
import { Batch, type BatchLimits, MANY } from "./batch";
import { countedIn, storable, type Table, withoutNumbers, writesOf } from "./rows";
import { Variety } from "./variety";

const AT = Date.UTC(2026, 10, 22, 12, 34, 56);
const HOUR = Date.UTC(2026, 10, 22, 12);
const NOBODY: Subject = {
  ...{ gatewayKey: "gw1", applicationKey: "jira", clientAddress: "192.0.2.7", auth: "token", claimedName: null },
  ...{ tokenId: null, ownerId: null, method: "GET", path: "/", access: "read", observedRules: [], observed: false },
};

type Some = {
  readonly reason?: string;
  readonly at?: number;
  readonly client?: string;
  readonly requestId?: string;
  readonly subject?: Partial<Subject>;
};

/** Notes one verification. Only `decide` can make an allow, and the recorder looks at nothing but these three. */
function note(
  batch: Batch,
  allowed: boolean,
  { reason, at = AT, client = "curl/8", subject, requestId }: Some = {},
): void {
  const said = {
    allowed,
    reason: reason ?? (allowed ? "allowed" : "write_refused"),
    rule: null,
    subject: { ...NOBODY, ...subject },
  };
  batch.add({ decision: said as Decision, client, peer: "127.0.0.1", at, ...(requestId && { requestId }) });
}

const newBatch = (limits?: BatchLimits, variety = new Variety()) => new Batch(variety, limits);
const used = (tokenId: string) => ({ subject: { tokenId } });
const rowsOf = (batch: Batch, table: Table) =>
  writesOf(batch)
    .filter((write) => write.table === table)
    .flatMap(({ rows }) => rows);

describe("what is added up", () => {
  test("uses of a token: how often, first and last, and from where", () => {
    const batch = newBatch();
    note(batch, true, { ...used("t1"), at: AT });
    note(batch, true, { at: AT + 5, subject: { tokenId: "t1", clientAddress: "192.0.2.8" } });
    note(batch, false, { ...used("t1"), at: AT + 9 });
    expect(rowsOf(batch, "token_usage")).toEqual([
      {
        ...{ token_id: "t1", first_at: AT, last_at: AT + 5, last_ip: "192.0.2.8", allowed: 2, refused: 1 },
        ...{ refused_at: AT + 9, refused_reason: "write_refused", refused_ip: "192.0.2.7" },
      },
    ]);
    expect(rowsOf(batch, "token_usage_hours")).toEqual([{ token_id: "t1", hour: HOUR, allowed: 2, refused: 1 }]);
  });

  test("a batch that lasts longer than an hour keeps the hours apart", () => {
    const batch = newBatch();
    note(batch, true, used("t1"));
    note(batch, true, { ...used("t1"), at: AT + 3_600_000 });
    note(batch, true, { ...used("t1"), at: AT + 3_600_001 });
    expect(rowsOf(batch, "token_usage_hours").map(({ hour, allowed }) => [hour, allowed])).toEqual([
      [HOUR, 1],
      [HOUR + 3_600_000, 2],
    ]);
  });

  test("verifications by hour, gateway, application, reason and kind of credential, unknown tokens too", () => {
    const batch = newBatch();
    for (let i = 0; i < 3; i += 1) note(batch, true, used("t1"));
    note(batch, false, { reason: "token_unknown" });
    note(batch, true, used("t1"));
    note(batch, false, {
      reason: "gateway_unauthorized",
      subject: { gatewayKey: null, applicationKey: null, auth: null },
    });
    const counts = rowsOf(batch, "verification_counts").map((row) => [
      row.gateway_key,
      row.reason,
      row.auth,
      row.count,
    ]);
    expect(counts).toEqual(
      expect.arrayContaining([
        ["gw1", "allowed", "token", 4],
        ["gw1", "token_unknown", "token", 1],
        ["", "gateway_unauthorized", "", 1],
      ]),
    );
    expect(counts).toHaveLength(3);
    expect(rowsOf(batch, "gateway_contacts")).toEqual([{ gateway_key: "gw1", at: AT, address: "127.0.0.1" }]);
  });

  test("addresses and clients of a token, each combination once", () => {
    const batch = newBatch();
    for (const client of ["curl/8", "git/2", "curl/8"]) note(batch, true, { ...used("t1"), client });
    const seen = rowsOf(batch, "token_sightings").map(({ client, calls }) => [client, calls]);
    expect(seen).toEqual([
      ["curl/8", 2],
      ["git/2", 1],
    ]);
  });

  test("what each of them asked for last, and of rows that become one the later", () => {
    const batch = newBatch();
    const asked = (path: string | null, at: number, client = "a") =>
      note(batch, true, { at: AT + at, client, subject: { tokenId: "t1", path } });
    asked("/first", 1);
    asked("/second", 2);
    asked(`/lk_${"A1b2".repeat(10)}`, 3, "b");
    asked("/later", 9, "c\u0000");
    asked("/earlier", 8, "c\u0001");
    asked(null, 4, "d");
    const requests = rowsOf(batch, "token_sightings").map(({ last_request }) => last_request);
    expect(requests).toEqual(["GET /second", "GET /[redacted]", "GET /later", null]);
  });

  test("what is not ours is noted one by one where the rule observes or refuses, and not where it simply allows", () => {
    const batch = newBatch();
    const password = { auth: "password", claimedName: "erik" } as const;
    note(batch, true, { reason: "let_through", subject: { ...password, observed: true } });
    note(batch, true, { reason: "let_through", subject: { ...password, observed: true } });
    note(batch, false, { reason: "password_blocked", subject: password });
    note(batch, true, { reason: "let_through", subject: { ...password, claimedName: "quiet" } });
    expect(rowsOf(batch, "credential_sightings").map((r) => [r.claimed_name, r.outcome, r.calls])).toEqual([
      ["erik", "allowed", 2],
      ["erik", "refused", 1],
    ]);
  });
});

describe("when there is too much", () => {
  const limits = { tokens: 8, counts: 2, sightings: 4 };
  const many = (batch: Batch, count: number) => {
    for (let i = 0; i < count; i += 1) note(batch, true, used(`t${i}`));
  };

  test("detail is dropped before counters: every token is counted, also those of which there is no detail", () => {
    const batch = newBatch(limits);
    many(batch, 8);
    expect(
      rowsOf(batch, "token_usage").filter(({ allowed, first_at }) => allowed === 1 && first_at === AT),
    ).toHaveLength(8);
    expect(rowsOf(batch, "token_usage_hours")).toHaveLength(8);
    expect(rowsOf(batch, "token_sightings")).toHaveLength(4);
    expect([batch.dropped, batch.uncounted]).toEqual([4, 0]);
  });

  test("where memory ends the uses that are missing are told apart from detail, and are still in the sum of all", () => {
    const batch = newBatch(limits);
    many(batch, 10);
    expect(rowsOf(batch, "verification_counts")).toMatchObject([{ count: 10 }]);
    expect([batch.dropped, batch.uncounted]).toEqual([4, 2]);
  });

  test("a full batch is written in parts, those first that waited longest, and what was taken out makes room", () => {
    const batch = newBatch(limits);
    many(batch, 8);
    const part = batch.part(3);
    expect([...part.tokens.keys()]).toEqual(["t0", "t1", "t2"]);
    expect([batch.tokens.size, part.counts.size]).toEqual([5, 0]);
    note(batch, true, used("t9"));
    expect(batch.tokens.get("t9")?.sightings).toHaveLength(1);
    expect(batch.dropped).toBe(4);
  });

  test("somebody who varies the client cannot fill the tables: beyond so many it is one row", () => {
    const batch = newBatch(undefined, new Variety(5));
    for (let i = 0; i < 100; i += 1) note(batch, true, { ...used("t1"), client: `bot/${i}` });
    const seen = rowsOf(batch, "token_sightings");
    expect(seen).toHaveLength(6);
    expect(seen.find(({ client }) => client === MANY)).toMatchObject({ address: MANY, calls: 95 });
  });

  test("somebody who varies names is lumped together, and an address elsewhere is still told apart", () => {
    const batch = newBatch(undefined, new Variety(5));
    const refused = (claimedName: string, clientAddress: string) =>
      note(batch, false, { reason: "password_blocked", subject: { auth: "password", claimedName, clientAddress } });
    for (let i = 0; i < 100; i += 1) refused(`guess-${i}`, "198.51.100.1");
    refused("erik", "192.0.2.9");
    const seen = rowsOf(batch, "credential_sightings");
    expect(seen).toHaveLength(7);
    expect(seen.some((row) => row.claimed_name === "erik" && row.address === "192.0.2.9")).toBe(true);
  });

  test("variety is bounded over all together, and begins anew each hour", () => {
    const variety = new Variety(10, 3);
    variety.tick(AT);
    expect(["a", "b", "c", "d"].map((name) => variety.admits(name, "x"))).toEqual([true, true, true, false]);
    expect(variety.admits("a", "x")).toBe(true);
    variety.tick(AT + 1);
    expect(variety.admits("d", "x")).toBe(false);
    variety.tick(AT + 3_600_000);
    expect(variety.admits("d", "x")).toBe(true);
  });

  test("no statement has more than a thousand rows", () => {
    const batch = newBatch();
    for (let i = 0; i < 2_500; i += 1) note(batch, true, used(`t${String(i).padStart(5, "0")}`));
    const sizes = writesOf(batch)
      .filter(({ table }) => table === "token_usage")
      .map(({ rows }) => rows.length);
    expect(sizes).toEqual([1_000, 1_000, 500]);
  });
});

describe("what is stored", () => {
  test.each([
    ["a secret of ours", `curl lk_${"A1b2".repeat(10)}`, "curl [redacted]"],
    ["NUL and other control characters", "a\u0000b\r\nc", "a b  c"],
    ["half of a surrogate pair", "a\ud800b", "a\ufffdb"],
    ["what is endless", "x".repeat(999), "x".repeat(200)],
  ])("%s never reaches the database as it came", (_what, text, stored) => {
    expect(storable(text, 200)).toBe(stored);
  });

  test("clients that become the same by cleaning are one row, not two that collide", () => {
    const batch = newBatch();
    note(batch, true, { ...used("t1"), client: "a\u0000b", at: AT });
    note(batch, true, { ...used("t1"), client: "a\u0001b", at: AT + 7 });
    expect(rowsOf(batch, "token_sightings")).toEqual([
      {
        ...{ token_id: "t1", address: "192.0.2.7", client: "a b", first_at: AT, last_at: AT + 7, calls: 2 },
        last_request: "GET /",
      },
    ]);
  });

  test("rows come in the same order from every verifier, so that none waits for another crosswise", () => {
    const order = (ids: string[]) => {
      const batch = newBatch();
      for (const id of ids) note(batch, true, used(id));
      return rowsOf(batch, "token_usage").map(({ token_id }) => token_id);
    };
    expect(order(["t3", "t1", "t2"])).toEqual(order(["t2", "t3", "t1"]));
  });

  test("what may have been written already is written again without its numbers", () => {
    const batch = newBatch();
    note(batch, true, used("t1"));
    const [usage] = writesOf(batch);
    if (usage === undefined) throw new Error("nothing to write");
    expect(withoutNumbers(usage).rows).toMatchObject([{ token_id: "t1", last_at: AT, allowed: 0, refused: 0 }]);
    expect(writesOf(batch).reduce((sum, write) => sum + countedIn(write), 0)).toBe(1);
  });
});
