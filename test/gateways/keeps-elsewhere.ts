import { expect } from "vitest";
import { tokenNames } from "#lib/gateways/token-names";
import { newSecret } from "#lib/tokens/secret";
import { wholeText } from "../upstreams/recorder";
import { only, type Place } from "./place";

/** An application that takes tokens where nobody else does, and lets everything else pass. */
export const OWN = { context: "/own", header: "X-Own-Token", query: "own.key" } as const;

/** With what is added to a configuration for it. */
export const OWN_NAMES = tokenNames([OWN]);

/** It, on these hosts. */
export const ownOn = (hosts: readonly string[]) => ({
  ...{ identity: "header" as const, routes: { create: hosts.map((host) => ({ host, context: OWN.context })) } },
  credentials: { basic: true, bearer: true, header: OWN.header, query: OWN.query },
});

const READ = `GET ${OWN.context}/rest/api/2/myself`;

export async function elsewhere({ asked, application, tokens: { read } }: Place): Promise<void> {
  const line = `${READ} HTTP/1.1`;
  for (const ask of asked) {
    for (const name of [OWN.header, OWN.header.toLowerCase()]) {
      expect([name, (await ask([line, `${name}: ${read.secret}`])).status]).toEqual([name, 200]);
      const arrival = only(application);
      expect(arrival.headers).toMatchObject({ "x-latchkey-auth": ["token"], "x-latchkey-user": ["maria"] });
      expect(wholeText(arrival)).not.toContain(read.secret);
    }
    const refused = [`${OWN.header}: ${newSecret()}`, `X-Api-Token: ${read.secret}`];
    for (const credential of refused)
      expect([credential, (await ask([line, credential])).status]).toEqual([credential, 401]);
    for (const name of [OWN.query, `a=b&${OWN.query.toUpperCase()}`, "own%2Ekey"]) {
      const { status } = await ask([`${READ}?${name}=${read.secret} HTTP/1.1`]);
      expect([name, status]).toEqual([name, 401]);
    }
    expect(application.take()).toEqual([]);
  }
}
