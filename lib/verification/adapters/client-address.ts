import { type HeaderLines, onlyValue } from "../request";

/**
 * The client's address as a gateway forwards it in `X-Forwarded-For`, for every adapter that reads it there: the one place
 * that says how many of the addresses in it are believed. Today one alone: several are somebody's word about somebody,
 * and our configurations make the gateway say one.
 * @returns null where it does not say exactly one
 */
export function forwardedAddress(headers: HeaderLines): string | null {
  const said = onlyValue(headers, "x-forwarded-for");
  return said === null || said.includes(",") ? null : said;
}
