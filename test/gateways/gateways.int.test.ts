import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FRED } from "../upstreams/living";
import { CLIENT_VERSIONS } from "./client-versions";
import { bitbucketWorks, gitWorks } from "./clients-bitbucket";
import { curlWorks, jiraClientWorks, jiraJsWorks, pythonWorks, radicaleWorks } from "./clients-jira";
import * as clientsNative from "./clients-native";
import { EMULATIONS } from "./emulations";
import { INSTEADS } from "./instead";
import { address } from "./keeps-address";
import * as answers from "./keeps-answers";
import { elsewhere } from "./keeps-elsewhere";
import { hosts } from "./keeps-hosts";
import * as identity from "./keeps-identity";
import * as large from "./keeps-large";
import { moves } from "./keeps-moves";
import { directly, throughGateway, undisturbed } from "./keeps-native";
import * as others from "./keeps-others";
import * as paths from "./keeps-paths";
import type { SecuredPlace } from "./keeps-secured";
import * as securedPromises from "./keeps-secured";
import { oversized } from "./keeps-small";
import { conditions, preflight, webSocket } from "./keeps-special";
import { traced } from "./keeps-traced";
import type { Place } from "./place";
import {
  CLIENTS,
  type ClientId,
  GATEWAYS,
  type GatewaySpec,
  INSTEAD,
  NATIVE,
  type NativeId,
  PROMISES,
  type PromiseId,
  SECURED,
  type SecuredId,
  UNDISTURBED,
} from "./table";
import { openTown, type Town } from "./town";

/** Each promise of the table is proven by the function of its name. */
const KEEPS: Record<PromiseId, (place: Place) => Promise<void>> = {
  ...answers,
  ...identity,
  ...{ assertion: large.assertion, largest: large.largest },
  ...paths,
  ...{ main: others.main, both: others.both, address, elsewhere, hosts, moves, oversized, traced },
  ...{ conditions, preflight, webSocket },
  observed: (place) => others.passesOthers(place, true),
  absent: (place) => others.withoutVerifier(place, 503, "cannot be checked"),
};
const IDS = Object.keys(PROMISES).filter((id): id is PromiseId => id in PROMISES);
const WORKS: Record<ClientId, (place: Place) => Promise<void>> = {
  ...{ git: gitWorks, jiraClient: jiraClientWorks, jiraJs: jiraJsWorks, bitbucket: bitbucketWorks },
  ...{ python: pythonWorks, curl: curlWorks, radicale: radicaleWorks },
};
const WORKS_NATIVE: Record<NativeId, (address: string) => Promise<void>> = clientsNative;
const NATIVE_CASES = Object.keys(NATIVE)
  .filter((id): id is NativeId => id in NATIVE)
  .map((id) => [NATIVE[id], id] as const);
const KEEPS_SECURED: Record<SecuredId, (place: SecuredPlace) => Promise<void>> = securedPromises;
const SECURED_IDS = Object.keys(SECURED).filter((id): id is SecuredId => id in SECURED);
const CLIENT_IDS = Object.keys(CLIENTS).filter((id): id is ClientId => id in CLIENTS);

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** The first two numbers that a program says of itself. */
function versionFrom([program = "", ...args]: readonly string[]): string | undefined {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return /\d+\.\d+/.exec(`${stdout}${stderr}`)?.[0];
}

/** Runs each promise at the gateway of this name, or what that does where it cannot keep it. */
function keepsPromises({ name, instead }: GatewaySpec): () => Place {
  let place: Place;
  beforeAll(() => {
    place = town.at(name);
  });
  beforeEach(() => void place.application.take());

  const cases = IDS.map((id) => {
    const other = instead[id];
    return other === undefined
      ? ([PROMISES[id], KEEPS[id]] as const)
      : ([`${PROMISES[id]} (${INSTEAD[other]})`, INSTEADS[other]] as const);
  });
  test.each(cases)("%s", (_promise, keeps) => keeps(place));
  return () => place;
}

describe.each(EMULATIONS)("the emulated $name, before a real verifier", (gateway) => {
  keepsPromises(gateway);
});

describe.each(GATEWAYS)("the real $name, before a real verifier", (gateway) => {
  const { version, told } = gateway;
  const at = keepsPromises(gateway);

  test.each(CLIENT_IDS.map((id) => [CLIENTS[id], id] as const))("%s", (_client, id) => WORKS[id](at()));

  describe("with the application's own credentials, which are observed, on both hosts", () => {
    test(UNDISTURBED, () => undisturbed(at()));
    test.each(NATIVE_CASES)("%s", async (_client, id) => {
      for (const address of throughGateway(at())) await WORKS_NATIVE[id](address);
    });
  });

  describe("with TLS and HTTP/2 in front", () => {
    let secured: SecuredPlace;
    beforeAll(async () => {
      secured = await town.secured(gateway.name);
    });
    beforeEach(() => void secured.application.take());

    test.each(SECURED_IDS.map((id) => [SECURED[id], id] as const))("%s", (_promise, id) => KEEPS_SECURED[id](secured));
  });

  test(`is of version ${version}, as docs/gateways.md says`, () => {
    expect(versionFrom(told ?? [])).toBe(version);
  });
});

describe("the application's own credentials, without a gateway", () => {
  test.each(NATIVE_CASES)("%s", (_client, id) => WORKS_NATIVE[id](directly(town.at("nginx"))));
});

test.each(CLIENT_IDS.map((id) => [CLIENTS[id].split(":")[0], id] as const))(
  "%s is of the version that docs/gateways.md says",
  (_client, id) => expect(versionFrom(CLIENT_VERSIONS[id].told)).toBe(CLIENT_VERSIONS[id].version),
);

test("no secret was logged by the verifier, whichever way it came", () => {
  const all = town.log().join("");
  for (const secret of [...town.secrets, FRED.password, FRED.token]) expect(all).not.toContain(secret);
});
