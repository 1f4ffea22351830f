import { startCaddy } from "./caddy";
import { forwardContract } from "./forwarding";

// Caddy escapes a backslash on its way, before it asks: what was judged is still what arrives.
forwardContract("Caddy", startCaddy, { spells: { "/a\\b": "/a%5Cb" } });
