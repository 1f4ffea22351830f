import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import type { Decision } from "../decide";
import type { Subject } from "../decision";
import { Batch } from "./batch";
import { countedIn, storable, TABLES, withoutNumbers, writesOf } from "./rows";
import { Variety } from "./variety";

const HOUR = Date.UTC(2026, 10, 22, 12);

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("\u0000", "\ud800", "\udc00", "é", "😀", "a", "\u0085", " ") }),
);

describe("text that came over the wire", () => {
  test("is stored without anything that PostgreSQL refuses, and no longer than was asked, whatever it was", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (came, most) => {
        const stored = storable(came, most);
        expect(stored).not.toMatch(/\p{Cs}/u);
        expect(stored).not.toMatch(/\p{Cc}/u);
        expect(stored.length).toBeLessThanOrEqual(most);
      }),
    );
  });

  test("is the same when it is cleaned twice: what was read back is found again", () => {
    fc.assert(
      fc.property(text, (came) => {
        const once = storable(came, 60);
        expect(storable(once, 60)).toBe(once);
      }),
    );
  });

  test("never carries a secret, nor a part of one that was cut through, whatever its prefix and wherever it stands", () => {
    fc.assert(
      fc.property(fc.constantFrom("lk", "acme"), fc.integer({ min: 0, max: 250 }), (prefix, before) => {
        const secret = newSecret(prefix);
        const random = secret.slice(prefix.length + 1);
        for (const came of [secret, `Basic ${Buffer.from(`ada:${secret}`).toString("base64")}`]) {
          const stored = storable(`${"-".repeat(before)}${came} and more`, 200);
          expect(stored).not.toContain(random.slice(0, 8));
          expect(stored).not.toContain(came.slice(12, 24));
        }
      }),
    );
  });

  test("stays within its bound though what hides a secret is longer than the secret was", () => {
    expect(storable("Bearer abcdef", 13)).toBe("Bearer [redac");
  });
});

type Event = { token: string | null; client: string; address: string; allowed: boolean; at: number };
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.record({
    token: fc.constantFrom(null, "t1", "t2", "t3"),
    client: fc.constantFrom("curl", "git\u0000", "git\u0001", "git ", ""),
    address: fc.constantFrom("192.0.2.7", "2001:db8::1"),
    allowed: fc.boolean(),
    at: fc.integer({ min: HOUR, max: HOUR + 3 * 3_600_000 }),
  }),
  { maxLength: 40 },
);

/** As gateways make them: in the order of time. */
function batchOf(all: readonly Event[]): Batch {
  const batch = new Batch(new Variety());
  for (const { token, client, address, allowed, at } of all.toSorted((a, b) => a.at - b.at)) {
    const subject: Subject = {
      ...{ gatewayKey: "gw1", applicationKey: "jira", clientAddress: address, auth: "token", claimedName: null },
      ...{ tokenId: token, ownerId: null, method: "GET", path: "/", access: "read", observedRules: [] },
      observed: false,
    };
    const decision = { allowed, reason: allowed ? "allowed" : "write_refused", subject } as Decision;
    batch.add({ decision, client, peer: "127.0.0.1", at });
  }
  return batch;
}

const rowsOf = (all: readonly Event[], table: string) =>
  writesOf(batchOf(all)).flatMap((write) => (write.table === table ? write.rows : []));
const sum = (rows: readonly Readonly<Record<string, unknown>>[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

describe("the rows of a batch", () => {
  test("count every verification once, in every table that counts, whatever came together", () => {
    fc.assert(
      fc.property(events, (all) => {
        const ours = all.filter(({ token }) => token !== null);
        const allowed = ours.filter((each) => each.allowed).length;
        expect(writesOf(batchOf(all)).reduce((total, write) => total + countedIn(write), 0)).toBe(all.length);
        for (const table of ["token_usage", "token_usage_hours"]) {
          expect(sum(rowsOf(all, table), "allowed")).toBe(allowed);
          expect(sum(rowsOf(all, table), "refused")).toBe(ours.length - allowed);
        }
        expect(sum(rowsOf(all, "token_sightings"), "calls")).toBeLessThanOrEqual(ours.length);
      }),
    );
  });

  test("have each key once: PostgreSQL refuses a statement that would touch a row twice", () => {
    fc.assert(
      fc.property(events, (all) => {
        const seen = rowsOf(all, "token_sightings").map((row) => `${row.token_id}|${row.address}|${row.client}`);
        expect(new Set(seen).size).toBe(seen.length);
        const hours = rowsOf(all, "token_usage_hours").map((row) => `${row.token_id}|${row.hour}`);
        expect(new Set(hours).size).toBe(hours.length);
      }),
    );
  });

  test("say of each token first and last use as they were, and from where the last came", () => {
    fc.assert(
      fc.property(events, (all) => {
        for (const row of rowsOf(all, "token_usage")) {
          const uses = all
            .filter(({ token, allowed }) => token === row.token_id && allowed)
            .toSorted((a, b) => a.at - b.at);
          expect([row.first_at, row.last_at]).toEqual([uses[0]?.at ?? null, uses.at(-1)?.at ?? null]);
          expect(row.last_ip).toBe(uses.at(-1)?.address ?? null);
        }
      }),
    );
  });

  test("hide a secret in a client that is longer than what is stored of it", () => {
    const secret = newSecret("acme");
    const client = `${"-".repeat(165)} ${secret} ${"x".repeat(500)}`;
    const all = [{ token: "t1", client, address: "::1", allowed: true, at: HOUR }];
    const stored = rowsOf(all, "token_sightings").map((row) => String(row.client));
    expect(stored.map((each) => each.includes(secret.slice(5, 13)))).toEqual([false]);
    expect(stored[0]).toHaveLength(200);
  });

  test("come table by table in the order in which every verifier locks them", () => {
    const all = [{ token: "t1", client: "curl", address: "::1", allowed: true, at: HOUR }];
    const order = writesOf(batchOf(all)).map(({ table }) => TABLES.indexOf(table));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order.length).toBeGreaterThan(3);
  });

  test("without their numbers still say who, when and from where, and count nothing", () => {
    fc.assert(
      fc.property(events, (all) => {
        for (const write of writesOf(batchOf(all))) {
          const bare = withoutNumbers(write);
          expect(countedIn(bare)).toBe(0);
          for (const [at, row] of bare.rows.entries()) {
            const before = write.rows[at] ?? {};
            for (const [name, value] of Object.entries(row)) {
              expect(value).toBe(/^(allowed|refused|count|calls)$/.test(name) ? 0 : before[name]);
            }
          }
        }
      }),
    );
  });
});
