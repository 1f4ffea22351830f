import { forwardContract } from "./forwarding";
import { startHaproxy } from "./haproxy";

forwardContract("HAProxy", startHaproxy);
