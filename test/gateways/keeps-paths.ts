import { expect } from "vitest";
import { type Arrival, wholeText } from "../upstreams/recorder";
import { basic, bearer, MYSELF, only, type Place } from "./place";
import { type GatewaySpec, TARGETS } from "./table";

/** What a question says of the path that it is about. */
function judgedIn({ adapter, key, grpc }: GatewaySpec, { url, headers }: Arrival): string | undefined {
  if (adapter === "nginx") return headers["x-original-uri"]?.join();
  if (adapter === "forward") return headers["x-forwarded-uri"]?.join();
  return grpc ? url : url.replace(`/v1/authz/envoy/${key}`, "");
}

export async function bytes({ gateway, api, tap, application }: Place): Promise<void> {
  const { refuses, spells, merges } = gateway;
  const [seen, promised]: [unknown[], unknown[]] = [[], []];
  await tap.allowing(async () => {
    for (const target of TARGETS) {
      tap.take();
      application.take();
      const { status } = await api([`GET ${target} HTTP/1.1`]);
      const [judged, ...more] = tap.take().map((each) => judgedIn(gateway, each));
      const arrived = application.take().map(({ url }) => url);
      seen.push([target, more, judged ?? target, arrived.length > 0 ? arrived : status >= 400 && status < 500]);
      const asked = judged === undefined ? target : (spells[target] ?? target);
      promised.push([target, [], asked, refuses.includes(target) ? true : [merges[target] ?? asked]]);
    }
  });
  expect(seen).toEqual(promised);
}

/** Where tokens may not come, written so that some server reads it as a path below /rest. */
const HIDDEN = [
  ...[
    "/secure/admin",
    "//secure//admin",
    "/rest/../secure/admin",
    "/rest/%2e%2e/secure/admin",
    "/rest/..;/secure/admin",
  ],
  ...[
    "/rest/api/2/search;/../../../../secure/admin",
    "/;x/secure/admin",
    "/rest/..%2fsecure/admin",
    "/rest\\..\\secure",
  ],
  ...["/rest/%252e%252e/secure", "/rest/auth/1/session", "/rest/%61uth/1/session", "/rest/x/../auth/1/session"],
  ...["/rest/pat/latest/tokens", "/x.jspa;", "/rest/..%00/secure", "/rest/.%2e/secure", "/%2e%2e/secure"],
];

export async function paths({ asked, application, tokens: { write } }: Place): Promise<void> {
  for (const ask of asked)
    for (const target of HIDDEN) {
      const { status } = await ask([`GET ${target} HTTP/1.1`, bearer(write)]);
      expect([target, status === 400 || status === 403 || status]).toEqual([target, true]);
    }
  expect(application.take()).toEqual([]);
}

export async function methods({ api, asked, application, tokens: { read, write } }: Place): Promise<void> {
  for (const ask of asked)
    for (const method of ["TRACE", "TRACK"]) {
      const { status } = await ask([`${method} /rest/api/2/myself HTTP/1.1`, bearer(write)]);
      expect([method, status >= 400 && status < 500]).toEqual([method, true]);
    }
  for (const name of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
    const lines = ["POST /rest/api/2/search HTTP/1.1", `${name}: DELETE`];
    expect([name, (await api([...lines, bearer(read)], "{}")).status]).toEqual([name, 403]);
    expect(application.take()).toEqual([]);
    expect((await api([...lines, basic("maria", write.secret)], "{}")).status).toBe(200);
    expect(application.take().map(({ headers }) => headers[name.toLowerCase()])).toEqual([undefined]);
  }
  for (const name of ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix"]) {
    const { status } = await api([MYSELF, bearer(read), `${name}: /secure/admin`]);
    const arrived = application.take().map(({ headers }) => headers[name.toLowerCase()]);
    expect([name, status, arrived]).toEqual([name, status, status === 403 ? [] : [undefined]]);
  }
  // Some gateways say their own word under this name.
  for (const ask of asked)
    for (const lines of [[MYSELF, bearer(read)], [MYSELF]]) {
      await ask([...lines, "X-Real-IP: 6.6.6.6"]);
      expect(wholeText(only(application))).not.toContain("6.6.6.6");
    }
}
