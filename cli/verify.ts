import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { readVerifyBody } from "#lib/verification/adapters/api";
import { digestAskedFor, explain } from "#lib/verification/explain";
import { readInstallationFacts, readTokenFacts } from "#lib/verification/facts-portal";
import { layOut } from "#lib/verification/installation";
import { readSecret } from "./input";
import { optional, type Reader, repeated, required } from "./option";
import { verb } from "./verb";

type Header = readonly [name: string, value: string];

/** `Name: value`. The one that holds the credential is no argument: those everybody on the machine can list. */
const header: Reader<Header> = (text) => {
  const colon = text.indexOf(":");
  const name = text.slice(0, colon).trim();
  if (colon < 1 || name === "") return refuse("malformed", `“${text}” is no header: write it as Name: value.`);
  if (name.toLowerCase() === "authorization") return refuse("malformed", "The value of Authorization comes on stdin.");
  return ok([name, text.slice(colon + 1).trim()]);
};

function headersOf(given: readonly Header[], authorization: string): Record<string, string[]> {
  const headers: Record<string, string[]> = authorization === "" ? {} : { Authorization: [authorization] };
  for (const [name, value] of given) headers[name] = [...(headers[name] ?? []), value];
  return headers;
}

type Asked = { readonly gateway: string } & Readonly<
  Record<"method" | "uri" | "host" | "proto" | "clientIp", string>
> & { readonly headers: Record<string, string[]> };

async function judged({ gateway: gatewayKey, ...body }: Asked): Promise<Result<object>> {
  const installation = layOut(await readInstallationFacts(database()));
  const adapter = installation.gateways.get(gatewayKey)?.gateway.adapter ?? "api";
  const question = { adapter, gatewayKey, contact: null, reading: readVerifyBody(body) };
  const digest = digestAskedFor(installation, question, now());
  const found = digest === null ? undefined : await readTokenFacts(database(), digest);
  const { allowed, status, reason, steps } = explain(installation, question, found, now());
  return ok({ allowed, status, reason, steps });
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
    header: repeated("Name: value", "another header", header),
  },
  run: async ({ header: others, proto = "https", ...given }, desk) => {
    const authorization = await readSecret("The value of Authorization, empty for none");
    if (!authorization.ok) return authorization;
    return desk.ask(() => judged({ ...given, proto, headers: headersOf(others, authorization.value) }));
  },
});
