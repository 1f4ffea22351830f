import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { createInstallation, type TestInstallation } from "#test/installation";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let installation: TestInstallation;
let latchkey: CommandLine;
beforeAll(async () => {
  installation = await createInstallation();
  latchkey = await commandLineOf(installation);
});
afterAll(() => installation.close());

const settings = () => installation.db.settings.findFirstOrThrow();
const quarantineFor = (quarantineWhy: string) =>
  installation.db.settings.updateMany({
    data: { boundUrl: "https://latchkey.corp", quarantinedAt: new Date(), quarantineWhy },
  });
const dismiss = (url: string, ...word: string[]) =>
  latchkey(["journal", "dismiss", ...word], { env: { LATCHKEY_URL: url } });

it("a copy is bound to an address that somebody has said, never to the one that a shell takes for granted", async () => {
  await quarantineFor("elsewhere");
  expect(await dismiss("")).toMatchObject({ status: 1, said: { code: "invalid_input" } });
  expect(await settings()).toMatchObject({ boundUrl: "https://latchkey.corp", quarantineWhy: "elsewhere" });
  expect(await dismiss("https://staging.corp")).toMatchObject({ status: 0, said: { quarantined: false } });
  expect(await settings()).toMatchObject({ boundUrl: "https://staging.corp", quarantinedAt: null });
});

it("a restored backup keeps its address, so its quarantine is ended without one", async () => {
  await quarantineFor("behind");
  expect(await dismiss("", "--although", "what has ended works again")).toMatchObject({ status: 0 });
  expect(await settings()).toMatchObject({ boundUrl: "https://latchkey.corp", quarantinedAt: null });
});

it("one that the journal does not cover ends by the word only, and says what that means", async () => {
  await quarantineFor("behind");
  const refused = await latchkey(["journal", "dismiss"]);
  expect(refused).toMatchObject({ status: 1, said: { code: "invalid_input" } });
  expect(JSON.stringify(refused.said)).toContain("what has ended works again");
  expect((await settings()).quarantinedAt).not.toBeNull();
});

it("says where a copy belongs, and names no address of this portal that nobody has said", async () => {
  await quarantineFor("elsewhere");
  const told = async (url: string) =>
    String((await latchkey(["journal", "show"], { env: { LATCHKEY_URL: url } })).said.why);
  expect(await told("")).toMatch(
    /^This database belongs to https:\/\/latchkey\.corp, and was started .* another address/,
  );
  expect(await told("")).not.toContain("localhost");
  expect(await told("https://staging.corp")).toContain("this portal is https://staging.corp");
});
