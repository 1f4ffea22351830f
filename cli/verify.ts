import { ok, refuse } from "#lib/errors/error";
import { instant } from "#lib/tokens/schema";
import { explainRequest } from "#lib/verification/queries";
import { readSecret } from "./input";
import { optional, type Reader, repeated, required } from "./option";
import { verb } from "./verb";

type Header = readonly [name: string, value: string];

/** `Name: value`. The one that holds the credential is no argument: those everybody on the machine can list. */
const header: Reader<Header> = (text) => {
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(colon, 0)).trim();
  if (name === "") return refuse("malformed", `“${text}” is no header: write it as Name: value.`);
  if (name.toLowerCase() === "authorization") return refuse("malformed", "The value of Authorization comes on stdin.");
  return ok([name, text.slice(colon + 1).trim()]);
};

const time: Reader<number> = (text) => {
  const { data } = instant.safeParse(text);
  return data === undefined ? refuse("malformed", `“${text}” is no time: write 2027-02-18T12:00:00Z.`) : ok(data);
};

/** A name that comes twice has both values, as it would on the wire. */
function headersOf(given: readonly Header[], authorization: string): Record<string, string[]> {
  const headers = new Map<string, string[]>(authorization === "" ? [] : [["Authorization", [authorization]]]);
  for (const [name, value] of given) headers.set(name, [...(headers.get(name) ?? []), value]);
  return Object.fromEntries(headers);
}

export const verify = verb({
  about: "Judge a request as the verifier would, and tell every step; the Authorization value comes on stdin",
  options: {
    gateway: required("KEY", "who would ask"),
    method: required("M", "method of the request"),
    uri: required("U", "path and query, raw"),
    host: required("H", "host it is for"),
    clientIp: required("IP", "address of the client"),
    proto: optional("https", "scheme; preset: https"),
    at: optional("TIME", "when it would be sent, as ISO 8601; preset: now", time),
    header: repeated("Name: value", "another header", header),
  },
  run: async ({ header: others, proto = "https", ...given }, desk) => {
    const authorization = await readSecret("The value of Authorization, or nothing,");
    if (!authorization.ok) return authorization;
    // Not parsed before: what the verifier could not read is explained like every other refusal.
    const question = { ...given, proto, headers: headersOf(others, authorization.value) };
    return desk.ask((viewer) => explainRequest(viewer, question));
  },
});
