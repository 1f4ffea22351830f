import { basic } from "../verification";

/** Paths that could be read in two ways. */
export const AMBIGUOUS = [
  ...["/rest/../secure/admin", "/rest/%2e%2e/secure/admin", "/rest/..;/secure/admin", "/../../livez"],
  ...["/rest/a%00b", "/rest/%zz", "/rest/x#y"],
];

/** Header lines of each class that is not ours. */
export const NOT_OURS = {
  password: basic("fred", "hunter2"),
  foreignBearer: ["Authorization", "Bearer NjQ2MDAy"],
  oauth1: ["Authorization", 'OAuth oauth_consumer_key="a", oauth_signature="b"'],
  otherScheme: ["Authorization", "Negotiate AAAA"],
  none: ["Cookie", "JSESSIONID=1"],
};

/** Another client's address, and header lines in which one might claim it, but for the one that the gateway itself writes. */
export const FAR = "198.51.100.9";
export function claiming(address: string, but: string | null): string[] {
  const names = ["X-Client-IP", "True-Client-IP", "X_Real_IP", "X_Forwarded_For", "X-Real-IP", "X-Forwarded-For"];
  return ["Forwarded", `for=${address}`, ...names.filter((name) => name !== but).flatMap((name) => [name, address])];
}
