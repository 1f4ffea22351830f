import { parseAddress } from "./address";

/** Whether an address (also in brackets) or host name leads to this machine only. */
export function isLoopback(host: string): boolean {
  const address = parseAddress(host.replace(/^\[(.*)\]$/, "$1"));
  if (address === null) return host === "localhost" || host.endsWith(".localhost");
  return address.family === 4 ? address.value >>> 24 === 127 : address.value === 1n;
}
