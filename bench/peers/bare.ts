import { createServer } from "node:http";

// The least that a node:http server can do: 204 with the same headers as the verifier's answer.
const headers: Record<string, string> = JSON.parse(process.env.ANSWER_HEADERS ?? "{}");

const server = createServer((_request, response) => {
  response.writeHead(204, headers);
  response.end();
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(`listening http://127.0.0.1:${address.port}`);
});
