import type { Route } from "#lib/applications/application";
import { hostOf } from "#lib/applications/route-schema";
import { few } from "#lib/audit/words";
import { ok, type Result, refuse } from "#lib/errors/error";
import { canonicalHost } from "#lib/verification/route";

/** A host and port as somebody wrote it: what is resolved and connected to. */
export type Door = {
  /** Canonical; IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
};

/** Where an application is asked. */
export type Aim = Door & {
  readonly secure: boolean;
  /** `https://jira.example.com`, without a port that is the scheme's. */
  readonly origin: string;
  readonly context: string;
};

const URL_SHAPE = /^(https?):\/\/([^/?#@\\\s]+)((?:\/[^?#\\\s]*)?)$/i;
const DOOR_SHAPE = /^(.+):(\d{1,5})$/;
const HIGHEST_PORT = 65_535;

const wrong = (path: string, message: string) => refuse("invalid_input", message, [{ path, message }]);

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= HIGHEST_PORT;

/** Where an application is asked unless somebody says otherwise; null when it has no route. */
export function usualUrl([first]: readonly Route[]): string | null {
  return first === undefined ? null : `https://${first.host}${first.context}`;
}

/**
 * Reads where to ask: scheme, host, port and context of one of the application's own routes, and nothing else.
 * @returns `invalid_input` for `url`
 */
export function aimAt(routes: readonly Route[], text: string): Result<Aim> {
  const [, scheme = "", authority = "", path = ""] = URL_SHAPE.exec(text.trim()) ?? [];
  const secure = scheme.toLowerCase() === "https";
  const host = hostOf(authority);
  const given = /:(\d*)$/.exec(authority.replace(/^\[.*\]/, ""))?.[1];
  const port = given === undefined ? (secure ? 443 : 80) : Number(given);
  if (scheme === "" || host === null || !isPort(port)) {
    return wrong("url", "Write where it is found, like https://jira.example.com.");
  }
  const context = path.replace(/\/+$/, "");
  const route = routes.find((each) => canonicalHost(each.host) === host && each.context === context);
  if (route === undefined) {
    const known = few(routes.map((each) => `${each.host}${each.context}`));
    return wrong("url", `This is none of the application's own routes: ${known}.`);
  }
  const shown = port === (secure ? 443 : 80) ? "" : `:${port}`;
  return ok({ secure, host, port, origin: `${secure ? "https" : "http"}://${host}${shown}`, context });
}

/**
 * Reads an application's own address.
 * @returns `invalid_input` for `upstream`
 */
export function doorAt(text: string): Result<Door> {
  const [, name = "", digits = ""] = DOOR_SHAPE.exec(text.trim()) ?? [];
  const host = hostOf(name);
  const port = Number(digits);
  return host === null || !isPort(port)
    ? wrong("upstream", "Write host and port of the application itself, like 10.0.0.5:8080.")
    : ok({ host, port });
}

/** Host and port as one text. */
export const doorText = ({ host, port }: Door): string => `${host}:${port}`;
