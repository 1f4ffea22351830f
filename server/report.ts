import type { Configuration } from "#lib/env";

type Place = { readonly portalUrl: string; readonly embedded: boolean };

/**
 * What a start says when all is ready: a line for each address, and the set-up link as long as there is no admin.
 * @param addresses what the processes listen on, by name
 * @param code of the set-up link, or null
 */
export function report(
  { url, verifierPlaintext }: Pick<Configuration, "url" | "verifierPlaintext">,
  database: Place,
  addresses: Readonly<Record<string, string>>,
  code: string | null,
): string[] {
  const { host, pathname } = new URL(database.portalUrl);
  const title = (name: string) => (name === "grpc" ? "gRPC" : `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const line = (name: string, address: string) => `  ${title(name).padEnd(12)}${address}`;
  const lines = Object.entries(addresses).map(([name, address]) =>
    line(name, name === "portal" ? portalLine(url, address) : address),
  );
  return [
    ...(verifierPlaintext
      ? ["The verifier speaks to other machines in clear (VERIFIER_PLAINTEXT): keep that network private."]
      : []),
    "",
    "Latchkey is ready.",
    ...lines,
    line("database", `postgresql://${host}${pathname}${database.embedded ? " (embedded)" : ""}`),
    ...(code === null ? [] : ["", `Set up the first administrator within an hour: ${url}/setup#${code}`]),
    "",
  ];
}

/** The public address, and where it is served when that is elsewhere. */
function portalLine(url: string, address: string): string {
  const same = new URL(url).port === new URL(address).port && new URL(url).protocol === "http:";
  return same ? url : `${url} (served at ${address})`;
}
