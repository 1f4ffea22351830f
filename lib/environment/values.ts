import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { parseAddress, parseCidr } from "#lib/networks/address";
import { isLoopback } from "#lib/networks/loopback";
import type { TrustedProxies } from "#lib/networks/proxies";
import { compileRanges } from "#lib/networks/range-set";

/** A TCP port. */
export const port = (standard: number) =>
  z
    .string()
    .default(String(standard))
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
      "must be a port from 1 to 65535, or 0 for any free one",
    )
    .transform(Number);

/** A whole number within bounds. */
export const whole = (standard: number, least: number, most: number) =>
  z
    .string()
    .default(String(standard))
    .refine(
      (text) => /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number from ${least} to ${most}`,
    )
    .transform(Number);

/** An address of this machine to listen on. */
export const address = z
  .string()
  .default("127.0.0.1")
  .refine(
    (text) => text === "localhost" || parseAddress(text) !== null,
    "must be an address of this machine, like 127.0.0.1 or ::",
  );

/** The same, or a folder for a socket. */
export const verifierAddress = z
  .string()
  .default("127.0.0.1")
  .refine(
    (text) =>
      text === "localhost" || parseAddress(text) !== null || (text.startsWith("unix:") && isAbsolute(text.slice(5))),
    "must be an address of this machine, like 127.0.0.1, or unix:/absolute/folder",
  );

/** Where a PostgreSQL database is, and as whom. */
export const database = z
  .string()
  .refine((text) => {
    const url = parsedUrl(text);
    return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
  }, "must be like postgresql://user:password@host:5432/database")
  .optional();

/** Where Redis is, and as whom. */
export const redis = z
  .string()
  .max(1_000, "must have at most 1000 characters")
  .refine((text) => {
    const url = parsedUrl(text);
    return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== "" && /^(\/\d*)?$/.test(url.pathname);
  }, "must be like rediss://user:password@host:6379/0, or redis:// where nobody listens in between")
  .optional();

/** Where a file is. */
export const file = z
  .string()
  .max(4_096, "must have at most 4096 characters")
  .transform((path) => resolve(path))
  .optional();

/** Key material, as a text. */
export const secret = z
  .string()
  .min(32, "must have at least 32 characters: make one with openssl rand -base64 32")
  .max(1_000, "must have at most 1000 characters")
  .optional();

/** What wraps the keys of one purpose: 32 bytes. */
export const wrapping = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, "must be what npm run latchkey -- key derive --purpose assertion prints")
  .optional();

/** The public address of the portal: an origin, https except on this machine. */
export const portalUrl = z.string().transform((text, context) => {
  const url = parsedUrl(text);
  const bare = url && url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  if (!bare || !/^https?:$/.test(url.protocol)) {
    return fail(context, "must be the address of the portal and nothing more, like https://tokens.example.com");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return fail(
      context,
      `must begin with https:// because ${url.hostname} is not this machine: passwords and tokens would travel in clear`,
    );
  }
  return url.origin;
});

/** An OpenID provider, as its ID tokens name it: https except on this machine, nothing behind the path. */
export const issuer = z
  .string()
  .refine((text) => {
    const url = parsedUrl(text);
    if (url === null || url.search || url.hash || url.username || url.password) return false;
    return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  }, "must be the provider's issuer, exactly as its ID tokens name it, like https://login.example.com")
  .optional();

/** A short text, for people or as the name of something. */
export const words = (most: number) =>
  z
    .string()
    .max(most, `must have at most ${most} characters`)
    .regex(/^\P{Cc}*$/u, "must be one line");

/** `10.0.0.0/8,192.0.2.7;hops=1`. */
export const proxies = z
  .string()
  .default("")
  .transform((text, context): TrustedProxies => {
    const [list = "", ...options] = text.split(";");
    const entries = list
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean);
    const wrong = entries.find((entry) => typeof parseCidr(entry) === "string");
    const hops =
      options.length === 0
        ? 1
        : Number(options.length === 1 ? options[0]?.match(/^\s*hops=([1-9])\s*$/)?.[1] : Number.NaN);
    if (wrong !== undefined || Number.isNaN(hops) || (entries.length === 0 && text !== "")) {
      return fail(
        context,
        `must be ranges and a hop count from 1 to 9, like 10.0.0.0/8,192.0.2.7;hops=1${wrong ? ` (${wrong} is no range)` : ""}`,
      );
    }
    return { ranges: compileRanges(entries, new Map()), hops };
  });

/** A variable of which nothing is built yet: refused, since a setting that is ignored is a trap. */
export const later = (instead: string) => z.undefined(`is not supported yet: remove it; ${instead}`);

function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function fail(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}
