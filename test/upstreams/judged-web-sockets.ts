import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createInstallation } from "../installation";
import { startPlane } from "../plane";
import { seedApplication, seedGateway, seedToken } from "../seeded";
import { API_HOST, type ForwardSite, GATEWAY_SECRET, MAIN_HOST } from "./forwarding";
import { startJira } from "./jira";
import type { Running } from "./program";
import { waitUntil } from "./wait-until";

/**
 * A recorder takes any question for an answer. Here a real verifier judges what a program asks for a WebSocket, whose
 * header names are about the connection itself.
 */
export function judgesWebSockets(program: string, start: (site: ForwardSite) => Promise<Running>): void {
  describe(`${program} before a real verifier`, () => {
    test.each([
      ["opens a WebSocket that the application allows", true, 101],
      ["refuses one that the application does not allow", false, 403],
    ])("%s", async (_what, webSocket, status) => {
      const installation = await createInstallation();
      const { db, database } = installation;
      const routes = { create: [{ host: API_HOST, context: "" }] };
      const id = await seedApplication(db, "chat", "generic", { identity: "header", webSocket, routes });
      await seedGateway(db, "gw1", GATEWAY_SECRET, [id], { adapter: "forward" });
      const { secret } = await seedToken(db, (await installation.person("maria", ["api-users"])).id);
      const [at, jira] = await Promise.all([startPlane(database.verifierUrl, "v1"), startJira()]);
      const hosts = { apiHost: API_HOST, mainHost: MAIN_HOST };
      const ports = { verifierPort: at.port, upstreamPort: jira.port };
      const gateway = await start({ ...hosts, ...ports, gatewaySecret: GATEWAY_SECRET });
      const asks = ["Connection: Upgrade", "Upgrade: websocket", `Authorization: Bearer ${secret}`];
      expect(await statusOf(gateway.port, asks)).toBe(status);
      await gateway.stop();
      await Promise.all([at.stop(), jira.stop()]);
      await installation.close();
    });
  });
}

/** Of the first answer: what was switched does not end. */
async function statusOf(port: number, lines: readonly string[]): Promise<number> {
  const socket = connect(port, API_HOST);
  let seen = "";
  socket.on("data", (chunk) => {
    seen += chunk.toString();
  });
  const key = ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
  socket.write(`${["GET /ws HTTP/1.1", `Host: ${API_HOST}:${port}`, ...lines, ...key].join("\r\n")}\r\n\r\n`);
  await waitUntil("it is answered", () => seen.includes("\r\n\r\n") || undefined);
  socket.destroy();
  return Number(seen.split(" ")[1]);
}
