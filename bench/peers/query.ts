import { hash } from "node:crypto";
import { createServer } from "node:http";
import { Pool } from "pg";

// What a plain implementation does: one prepared query by unique index for every request.
const headers: Record<string, string> = JSON.parse(process.env.ANSWER_HEADERS ?? "{}");
const pool = new Pool({ connectionString: process.env.PEER_DATABASE_URL, max: Number(process.env.PEER_CONNECTIONS) });

const server = createServer(async (request, response) => {
  const secret = String(request.headers["x-api-token"]);
  const values = [hash("sha256", secret, "buffer")];
  const found = await pool.query({
    name: "by-digest",
    text: "SELECT owner, access FROM peer_tokens WHERE digest = $1",
    values,
  });
  response.writeHead(found.rowCount === 1 ? 204 : 401, headers);
  response.end();
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(`listening http://127.0.0.1:${address.port}`);
});
