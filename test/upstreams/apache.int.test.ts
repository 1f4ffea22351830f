import { startApache } from "./apache";
import { failsClosed, forwardContract } from "./forwarding";
import { judgesWebSockets } from "./judged-web-sockets";

forwardContract("Apache", startApache, { merges: { "//rest//api": "/rest//api" } });
failsClosed("Apache", (site) =>
  startApache(site, [["  local status, answer, body = ask(r)\n", '  error("broken")\n']]),
);
judgesWebSockets("Apache", startApache);
