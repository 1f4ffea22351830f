import { createServer } from "node:http";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import pg from "pg";

// What a user would pick instead: better-auth's API-key plugin as its documentation shows it, on the same PostgreSQL.
// Each key has a rate limit, as it has where nobody says otherwise and as tokens have with us, but one that no load reaches.
const KEYS = 100;
const auth = betterAuth({
  baseURL: "http://127.0.0.1",
  secret: "a-secret-for-this-measurement-only-0123456789",
  database: new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 10 }),
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: 1_000_000_000 } })],
});
await (await getMigrations(auth.options)).runMigrations();
const { user } = await auth.api.signUpEmail({
  body: { email: `peer-${process.pid}@example.com`, password: "a-long-password-for-it", name: "Peer" },
});
const keys = [];
for (let nth = 0; nth < KEYS; nth += 1) {
  keys.push((await auth.api.createApiKey({ body: { userId: user.id, name: `peer ${nth}` } })).key);
}
const headers = JSON.parse(process.env.ANSWER_HEADERS ?? "{}");

const server = createServer(async (request, response) => {
  const { valid } = await auth.api.verifyApiKey({ body: { key: String(request.headers["x-api-token"]) } });
  response.writeHead(valid ? 204 : 401, headers);
  response.end();
});
server.listen(0, "127.0.0.1", () => {
  console.log(`keys ${keys.join(" ")}`);
  console.log(`listening http://127.0.0.1:${server.address().port}`);
});
