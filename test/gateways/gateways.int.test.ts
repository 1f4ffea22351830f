import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bitbucketWorks, gitWorks } from "./clients-bitbucket";
import { curlWorks, jiraClientWorks, jiraJsWorks, pythonWorks, radicaleWorks } from "./clients-jira";
import * as answers from "./keeps-answers";
import * as identity from "./keeps-identity";
import * as others from "./keeps-others";
import * as paths from "./keeps-paths";
import type { Place } from "./place";
import { CLIENTS, type ClientId, GATEWAYS, PROMISES, type PromiseId } from "./table";
import { openTown, type Town } from "./town";

/** Each promise of the table is proven by the function of its name. */
const KEEPS: Record<PromiseId, (place: Place) => Promise<void>> = { ...answers, ...identity, ...paths, ...others };
const IDS = Object.keys(PROMISES).filter((id): id is PromiseId => id in PROMISES);
const WORKS: Record<ClientId, (place: Place) => Promise<void>> = {
  ...{ git: gitWorks, jiraClient: jiraClientWorks, jiraJs: jiraJsWorks, bitbucket: bitbucketWorks },
  ...{ python: pythonWorks, curl: curlWorks, radicale: radicaleWorks },
};
const CLIENT_IDS = Object.keys(CLIENTS).filter((id): id is ClientId => id in CLIENTS);

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

describe.each(GATEWAYS)("the real $name, before a real verifier", ({ name, version, told }) => {
  let place: Place;
  beforeAll(() => {
    place = town.at(name);
  });
  beforeEach(() => void place.application.take());

  test.each(IDS.map((id) => [PROMISES[id], id] as const))("%s", (_promise, id) => KEEPS[id](place));

  test.each(CLIENT_IDS.map((id) => [CLIENTS[id], id] as const))("%s", (_client, id) => WORKS[id](place));

  test(`is of version ${version}, as docs/gateways.md says`, () => {
    const [program = "", ...args] = told;
    const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
    expect(/\d+\.\d+/.exec(`${stdout}${stderr}`)?.[0]).toBe(version);
  });
});

test("no secret was logged by the verifier, whichever way it came", () => {
  const all = town.log().join("");
  for (const secret of town.secrets) expect(all).not.toContain(secret);
});
