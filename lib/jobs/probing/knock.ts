import { connect } from "node:net";
import { type Address, formatAddress } from "#lib/networks/address";
import { isHere, type Own } from "#lib/probes/guard";
import type { Knock } from "#lib/probes/judge-port";
import { DEADLINE_MS } from "#lib/probes/probe";
import { silenceOf } from "./exchange";

/** Opens a connection and hangs up: nothing is said, nothing read. Never throws. */
export function knock(address: Address, port: number, own: Own, deadlineMs = DEADLINE_MS): Promise<Knock> {
  const here = isHere(address, own);
  return new Promise((resolve) => {
    const socket = connect({ host: formatAddress(address), port });
    const leave = (came: Knock) => {
      resolve(came);
      socket.destroy();
    };
    socket.setTimeout(deadlineMs, () => leave({ kind: "shut", here, why: "timeout" }));
    socket.once("connect", () => leave({ kind: "open", here }));
    socket.on("error", (error) => {
      const { why } = silenceOf(error);
      leave({ kind: "shut", here, why: why === "closed" || why === "timeout" ? why : "unreachable" });
    });
  });
}
