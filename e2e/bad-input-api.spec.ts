import type { APIResponse } from "@playwright/test";
import { expect, test } from "./fixtures";
import { makeToken } from "./house";

const TOKEN = { name: "x", applications: ["jira"], access: "read" };

const cases: readonly (readonly [what: string, body: string, type: string, status: number, code: string])[] = [
  ["half a JSON", '{"name":', "application/json", 400, "malformed"],
  ["no JSON at all", "name=x", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
  ["a list", "[]", "application/json", 422, "invalid_input"],
  ["null", "null", "application/json", 422, "invalid_input"],
  ["nothing", "", "application/json", 422, "invalid_input"],
  ["an unknown key", JSON.stringify({ ...TOKEN, admin: true }), "application/json", 422, "invalid_input"],
  ["a prototype", '{"__proto__":{"name":"x"},"constructor":1}', "application/json", 422, "invalid_input"],
  ["a number for a name", JSON.stringify({ ...TOKEN, name: 1 }), "application/json", 422, "invalid_input"],
  ["a name without letters", JSON.stringify({ ...TOKEN, name: "  " }), "application/json", 422, "invalid_input"],
  ["a name with NUL", JSON.stringify({ ...TOKEN, name: "a\u0000b" }), "application/json", 422, "invalid_input"],
  [
    "half a surrogate",
    '{"name":"\\ud800","applications":["jira"],"access":"read"}',
    "application/json",
    422,
    "invalid_input",
  ],
  [
    "a name of 10,000",
    JSON.stringify({ ...TOKEN, name: "n".repeat(10_000) }),
    "application/json",
    422,
    "invalid_input",
  ],
  [
    "an unknown application",
    JSON.stringify({ ...TOKEN, applications: ["nowhere"] }),
    "application/json",
    422,
    "invalid_input",
  ],
  [
    "more than the tier allows",
    JSON.stringify({ ...TOKEN, expiresAt: "2099-01-01T00:00:00Z" }),
    "application/json",
    422,
    "limit_exceeded",
  ],
  ["a date that is none", JSON.stringify({ ...TOKEN, expiresAt: "soon" }), "application/json", 422, "invalid_input"],
  [
    "a range that is none",
    JSON.stringify({ ...TOKEN, ipRanges: ["10.0.0.0/99"] }),
    "application/json",
    422,
    "invalid_input",
  ],
  [
    "a higher rate than the tier allows",
    JSON.stringify({ ...TOKEN, rateLimit: { perMinute: 601, burst: 1 } }),
    "application/json",
    422,
    "limit_exceeded",
  ],
  ["80 KB", JSON.stringify({ ...TOKEN, description: "d".repeat(80_000) }), "application/json", 413, "too_large"],
  ["deep nesting", `${"[".repeat(20_000)}${"]".repeat(20_000)}`, "application/json", 422, "invalid_input"],
];

for (const [what, body, type, status, code] of cases) {
  test(`${what} is refused as ${code}, in words`, async ({ house, userRequest }) => {
    const headers = { "Content-Type": type, Origin: house.latchkey.portalUrl };
    await expectProblem(await userRequest.post("/api/v1/tokens", { headers, data: Buffer.from(body) }), status, code);
  });
}

test("another site's request, a stranger's and one about nothing are refused", async ({
  house,
  userRequest,
  request,
}) => {
  const data = JSON.stringify(TOKEN);
  const post = (path: string, origin: string) =>
    userRequest.post(path, { headers: { "Content-Type": "application/json", Origin: origin }, data });
  await expectProblem(await post("/api/v1/tokens", "https://evil.example"), 403, "foreign_origin");
  await expectProblem(await post("/api/v1/tokens", "null"), 403, "foreign_origin");
  await expectProblem(await request.get(`${house.latchkey.portalUrl}/api/v1/tokens`), 401, "unauthenticated");
  for (const id of ["0", "01890000-0000-7000-8000-000000000000", "a".repeat(3_000), "lk_notatoken"]) {
    await expectProblem(await userRequest.get(`/api/v1/tokens/${id}`), 404, "not_found");
  }
  await expectProblem(await userRequest.get("/api/v1/tokens?limit=1000000"), 422, "invalid_input");
  await expectProblem(await userRequest.get("/api/v1/tokens?sort=digest"), 422, "invalid_input");
  await expectProblem(await userRequest.get("/api/v1/tokens?nonsense=1"), 422, "invalid_input");
  await expectProblem(await userRequest.get("/api/v1/users"), 403, "forbidden");
});

test("what somebody else owns is not found, whatever is tried with it", async ({ house, userRequest }) => {
  const { latchkey } = house;
  await latchkey.cli(["user", "create", "--username", "neighbour", "--group", "api-users"]);
  const { id } = await makeToken(latchkey, ["--access", "read"], "neighbour");
  const headers = { "Content-Type": "application/json", Origin: latchkey.portalUrl };
  await expectProblem(await userRequest.get(`/api/v1/tokens/${id}`), 404, "not_found");
  for (const verb of ["revoke", "suspend", "resume", "rotate"]) {
    const data = verb === "rotate" ? { overlap: "now" } : {};
    await expectProblem(await userRequest.post(`/api/v1/tokens/${id}/${verb}`, { headers, data }), 404, "not_found");
  }
});

async function expectProblem(response: APIResponse, status: number, code: string): Promise<void> {
  const text = await response.text();
  expect(response.status(), text.slice(0, 500)).toBe(status);
  expect(response.headers()["content-type"]).toContain("application/problem+json");
  const problem = JSON.parse(text);
  expect(problem).toMatchObject({ status, code });
  expect(problem.detail.length).toBeGreaterThan(10);
  expect(problem.requestId).toBeTruthy();
}
