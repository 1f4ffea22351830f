import { type HeaderLines, valuesOf } from "../request";

/**
 * The addresses that a gateway forwards in `X-Forwarded-For`, for every adapter that reads them there; several lines are
 * one list. Which of them is the client's is decided where the gateway and its trusted proxies are known.
 * @returns null where it says nothing
 */
export function forwardedAddress(headers: HeaderLines): string | null {
  const lines = valuesOf(headers, "x-forwarded-for");
  return lines.length === 0 ? null : lines.join(",");
}
