import { beforeAll, expect, test, vi } from "vitest";
import type { Desk } from "./desk";
import { NOUNS } from "./nouns";
import { understand } from "./program";

// Whatever is wrong usage is found before anything is opened.
const CLOSED: Desk = {
  run: (_command, body) => Promise.resolve(body.ok ? { ok: true, value: { reached: true } } : body),
  runOn: () => Promise.resolve({ ok: true, value: { reached: true } }),
  ask: () => Promise.reject(new Error("reached")),
  close: async () => undefined,
};

beforeAll(async () => {
  for (const { load } of Object.values(NOUNS)) await load();
}, 60_000);

/** What is refused as wrong usage; null for what would be tried. */
async function misuse(line: string): Promise<string | null> {
  const asked = await understand(line.split(" ").map((word) => word.replaceAll("·", " ")));
  if ("status" in asked) return `help ${asked.status}`;
  const done = "refused" in asked ? asked.refused : await asked.verb.act(asked.texts, CLOSED);
  if (done.ok) return null;
  expect(done.refusal.code).toBe("malformed");
  return done.refusal.detail;
}

const TOKEN = "token create --owner ada --name x --application jira";
const APPLICATION = "application create --key x --name X --route x.corp --kind";
const GATEWAY = "gateway create --key gw --application jira --adapter";

test.each([
  ["admin create --username eve --password secret", /^Unknown option '--password'/],
  ["admin create", /^Give --username NAME\.$/],
  ["user create", /^Give --username NAME\.$/],
  ["user create --username x --kind robot", /^--kind: “robot” is none of person, service\.$/],
  ["user create --username x --kind service --kind person", /^Give --kind once\.$/],
  ["user create --password-stdin --json -", /^Only one thing can come on stdin/],
  ["group add --name g", /^Give --user NAME\.$/],
  ["network create --name x", /^Give --range CIDR\.$/],
  ["policy create", /^Give --json FILE\|-\.$/],
  ["delegation create --json nowhere.json", /^The file nowhere\.json cannot be read/],
  ["delegation create --json docs", /^The file docs cannot be read/],
  [`${APPLICATION} gitea`, /^--kind: “gitea” is none of/],
  [`${APPLICATION} generic --rule password`, /^--rule: password: “” is none of allow, observe, block\.$/],
  [`${APPLICATION} generic --rule cookie=block`, /^--rule: “cookie” is none of/],
  [`${APPLICATION} generic --rule none=block --rule none=allow`, /^Give one --rule for a class\.$/],
  [`${GATEWAY} traefik`, /^--adapter: “traefik” is none of/],
  [`${GATEWAY} nginx --trusted-hops two`, /^--trusted-hops: “two” is no whole number\.$/],
  [`${GATEWAY} nginx --secret-file a --secret-file b`, /^Give --secret-file once\.$/],
  [TOKEN, /^Give --access read\|write\.$/],
  [`${TOKEN} --access all`, /^--access: “all” is none of read, write\.$/],
  [`${TOKEN} --access read --application all`, /^Give --application all alone, or the keys\.$/],
  [`${TOKEN} --access read --expires tomorrow`, /^--expires: “tomorrow” is no end/],
  ["token list --status gone", /^--status: “gone” is none of/],
  ["token revoke --id 7 --reason because", /^--reason: “because” is none of/],
  ["token rotate --id 7 --overlap 2h", /^--overlap: “2h” is none of/],
  ["verify --gateway gw1", /^Give --method M\.$/],
  ["verify --gateway g --method M --uri / --host h --client-ip i --header no", /^--header: “no” is no header/],
  ["verify --gateway g --method M --uri / --host h --client-ip i --header authorization:x", /comes on stdin\.$/],
  ["verify --gateway g --method M --uri / --host h --client-ip i --at noon", /^--at: “noon” is no time/],
  ["audit verify --from 7", /^Unknown option '--from'/],
])("wrong usage: %s", async (line, said) => expect(await misuse(line)).toMatch(said));

test.each([
  `${APPLICATION} generic --rule none=block --rule password=allow`,
  `${GATEWAY} envoy --peer 10.0.0.0/8 --peer ::1`,
  `${TOKEN} --access read --expires never --override`,
  "token create --owner ada --name x --application all --access write",
  "token revoke --id 7 --reason key_compromise --only",
  "user deactivate --username Ольга·Ладыженская",
])("tried: %s", async (line) => expect(await misuse(line)).toBeNull());

test("asking for nothing shows what there is, and is wrong usage; asking for help is not", async () => {
  const [stdout, stderr] = [process.stdout, process.stderr].map((each) =>
    vi.spyOn(each, "write").mockReturnValue(true),
  );
  expect(await misuse("token")).toBe("help 2");
  expect(stderr?.mock.calls.join("")).toContain("Usage: latchkey token");
  expect(stdout?.mock.calls).toEqual([]);
  expect(await misuse("token --help")).toBe("help 0");
  expect(await misuse("help token create")).toBe("help 0");
  expect(stdout?.mock.calls.join("")).toContain("--secret-file");
  vi.restoreAllMocks();
});
