import { randomBytes, randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { cellsOf } from "#test/token-cells";
import { FactsCache } from "./cache";
import type { TokenFacts } from "./model";
import { Sharing } from "./sharing";
import { readTokenRow } from "./token-row";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const TOKENS = 20_000;
const GROUPS = Array.from({ length: 40 }, (_, i) => [randomUUID(), `department-${i}`]);

/** What the database brings for a person in eight groups with an alias and a token of their own; as fresh strings. */
function row(i: number): unknown {
  const groups = Array.from({ length: 8 }, (_, j) => GROUPS[(i * 7 + j * 3) % GROUPS.length]);
  const [digest, token, owner] = [randomBytes(32).toString("hex"), randomUUID(), randomUUID()];
  const born = 1_760_000_000_000 + i;
  const ranges = i % 5 === 0 ? [`10.1.${i % 250}.0/24`] : [];
  const row = cellsOf({
    ...{ digest, id: token, name: `nightly export ${i}`, allApplications: false, applications: ["jira", "confluence"] },
    ...{ ipRanges: ranges, restrictions: ranges.length > 0 ? ["ip_ranges"] : [] },
    ...{ createdAt: born, secretBornAt: born, expiresAt: born + 7_776_000_000 },
    ...{ ownerId: owner, username: `user.name.${i}`, aliases: [`user.name.${i}@corp.example`], groups },
  });
  return JSON.parse(JSON.stringify(row));
}

const heap = () => {
  collect();
  return process.memoryUsage().heapUsed;
};

test("a cached token takes less than 1 KB, everything about it included", () => {
  const cache = new FactsCache({ tokens: TOKENS, unknown: 10, touched: 10 });
  cache.restart("t", 1);
  const sharing = new Sharing();
  const before = heap();
  for (let i = 0; i < 2 * TOKENS; i += 1) {
    const { digest, facts } = readTokenRow(row(i), sharing);
    const found = new Map<string, TokenFacts>([[digest, facts]]);
    cache.admit(cache.fence.ticket(), { timeline: "t", asOf: 1, found }, [digest], 0, () => undefined);
  }
  const bytes = (heap() - before) / TOKENS;
  expect(cache.sizes).toMatchObject({ tokens: TOKENS, owners: TOKENS });
  expect(bytes).toBeLessThan(1_024);
  // Far less would mean that nothing was kept and nothing measured.
  expect(bytes).toBeGreaterThan(300);
});
