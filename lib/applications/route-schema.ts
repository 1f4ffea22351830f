import { domainToASCII } from "node:url";
import { z } from "zod";
import { formatAddress, parseAddress } from "#lib/networks/address";
import { canonicalHost } from "#lib/verification/route";
import type { Route } from "./application";

const SEGMENT = /^[A-Za-z0-9._~-]+$/;

/** The host as it is compared, names in their ASCII form (IDNA), IPv6 in its canonical spelling; null if it is none. */
export function hostOf(text: string): string | null {
  const [, host = "", port = ""] = /^(.*?)(:\d*)?$/.exec(text.trim()) ?? [];
  // What is not ASCII goes through IDNA, as browsers do; it answers with nothing for what is no name.
  const ascii = /^[\x21-\x7e]*$/.test(host) ? host : domainToASCII(host);
  const canonical = canonicalHost(`${ascii}${port}`);
  if (canonical === null || canonical.includes("..")) return null;
  if (!canonical.startsWith("[")) return canonical;
  const address = parseAddress(canonical.slice(1, -1));
  return address === null ? null : `[${formatAddress(address)}]`;
}

const host = z
  .string("Write a host.")
  .max(261, "This is too long for a host.")
  .transform((text, context) => {
    const canonical = hostOf(text);
    if (canonical !== null) return canonical;
    context.addIssue({
      code: "custom",
      message: "Write a host name like jira.example.com, without https:// and path.",
    });
    return z.NEVER;
  });

/** The context path: empty, or segments each after a slash. One spelling for one place. */
const context = z
  .string("Write a context path.")
  .max(200, "Use at most 200 characters.")
  .transform((text, issues) => {
    const segments = text.split("/").filter((segment) => segment !== "");
    const plain = segments.every((segment) => SEGMENT.test(segment) && segment !== "." && segment !== "..");
    if (plain && (text === "" || text.startsWith("/"))) return segments.map((segment) => `/${segment}`).join("");
    issues.addIssue({
      code: "custom",
      message: "Write a context path like /jira, of letters, digits, dots and hyphens.",
    });
    return z.NEVER;
  })
  .default("");

const once = (routes: readonly Route[]): Route[] => [
  ...new Map(routes.map((route) => [`${route.host}${route.context}`, route])).values(),
];

/** Where an application is found: hosts without port, each with the context path under which it lives. */
export const routes = z
  .array(z.strictObject({ host, context }), "Send a list of routes.")
  .min(1, "Name at least one host.")
  .max(50, "At most 50 routes.")
  .transform(once);
