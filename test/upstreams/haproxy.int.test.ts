import { failsClosed, forwardContract } from "./forwarding";
import { startHaproxy } from "./haproxy";

forwardContract("HAProxy", startHaproxy);
failsClosed("HAProxy", (site) => startHaproxy(site, [["  local headers = question(txn)\n", '  error("broken")\n']]));
