import { startApache } from "./apache";
import { forwardContract } from "./forwarding";

forwardContract("Apache", startApache, { merges: { "//rest//api": "/rest//api" } });
