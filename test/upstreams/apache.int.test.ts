import { startApache } from "./apache";
import { failsClosed, forwardContract } from "./forwarding";

forwardContract("Apache", startApache, { merges: { "//rest//api": "/rest//api" } });
failsClosed("Apache", (site) =>
  startApache(site, [["  local status, answer, body = ask(r)\n", '  error("broken")\n']]),
);
