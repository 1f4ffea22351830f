import { waitUntil } from "#test/upstreams/wait-until";
import type { Program } from "./temporary-project";

/** A portal without pages: Next needs a build, and what is shown here is who starts, watches and ends it. */
export const PORTAL_WITHOUT_PAGES = `
import { env } from "#lib/env";
import { atTheEdge } from "#server/edge";
import { endInOrder, tell } from "#server/ending";
import { listen } from "#server/listener";
await atTheEdge(async () => {
  const { portal: at, url } = env();
  const listener = await listen({
    name: "portal", bind: at.bind, port: at.port, portVariable: "PORTAL_PORT", maxHeaderBytes: 16384,
    handle: (_request, response) => void response.end(String(process.pid)),
  });
  endInOrder({ stop: listener.close });
  tell({ kind: "ready", addresses: { portal: listener.address } });
});
`;

/** Ports that nobody has. */
export const FREE = { PORTAL_PORT: "0", VERIFIER_PORT: "0", MANAGEMENT_PORT: "0", GRPC_PORT: "0" };

/** Waits until `up` has said that it is ready. */
export const started = (program: Program): Promise<true> =>
  waitUntil(
    "the start",
    () => {
      if (program.process.exitCode !== null) throw new Error(program.said() + program.complained());
      return program.said().includes("Latchkey is ready.") || undefined;
    },
    40_000,
  );

/** Where `up` says that a process of its is. */
export const addressIn = (program: Program, name: string): string =>
  program.said().match(new RegExp(`^  ${name} +(\\S+)`, "m"))?.[1] ?? "nowhere";
