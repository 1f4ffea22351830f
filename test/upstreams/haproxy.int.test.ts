import { failsClosed, forwardContract } from "./forwarding";
import { startHaproxy } from "./haproxy";
import { judgesWebSockets } from "./judged-web-sockets";

forwardContract("HAProxy", startHaproxy);
failsClosed("HAProxy", (site) => startHaproxy(site, [["  local headers = question(txn)\n", '  error("broken")\n']]));
judgesWebSockets("HAProxy", startHaproxy);
