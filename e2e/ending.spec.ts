import { waitUntil } from "#test/upstreams/wait-until";
import { expect, test } from "./fixtures";
import { type House, makeToken, USER } from "./house";
import { askVerifier, bearer } from "./question";

/**
 * What each of the two verifiers says to nginx about a request with this secret. On a machine with too much to do a first
 * look-up may miss the deadline of 150 ms and be 503, as it should: then it is asked again.
 */
const both = ({ latchkey, second, gatewaySecret }: House, secret: string, method = "GET") =>
  Promise.all(
    [latchkey.verifierPort, second.port].map((port) =>
      waitUntil("the verifier has decided", async () => {
        const answer = await askVerifier(port, gatewaySecret, bearer(secret), { method });
        return answer.status === 503 ? undefined : answer;
      }),
    ),
  );
const statuses = async (...args: Parameters<typeof both>) => (await both(...args)).map(({ status }) => status);

test("revoking in the browser says *stopped everywhere*, and then neither of two verifiers allows again", async ({
  house,
  userPage,
}) => {
  const { secret } = await makeToken(house.latchkey);
  expect(await statuses(house, secret)).toEqual([200, 200]);
  await userPage.goto("/tokens");
  await userPage.getByRole("button", { name: "Revoke By hand" }).first().click();
  const dialog = userPage.getByRole("alertdialog");
  await expect(dialog).toContainText("This cannot be undone");
  await dialog.getByRole("button", { name: "Revoke for good" }).click();
  await expect(userPage.getByText("Stopped everywhere.")).toBeVisible();
  expect(await statuses(house, secret)).toEqual([401, 401]);
});

test("a deactivated owner's tokens stop on every verifier, and live again when the owner does", async ({ house }) => {
  const owner = await somebody(house, "api-users");
  const { secret } = await makeToken(house.latchkey, ["--access", "read"], owner);
  expect(await statuses(house, secret)).toEqual([200, 200]);
  const done = await house.latchkey.cli(["user", "deactivate", "--username", owner]);
  expect(done.enforcement).toMatchObject({ outstanding: [] });
  expect(await statuses(house, secret)).toEqual([401, 401]);
  await house.latchkey.cli(["user", "reactivate", "--username", owner]);
  expect(await statuses(house, secret)).toEqual([200, 200]);
});

test("who loses the group that grants *use* is refused on every verifier, with the reason", async ({ house }) => {
  const owner = await somebody(house, "api-users");
  const { secret } = await makeToken(house.latchkey, ["--access", "read"], owner);
  expect(await statuses(house, secret)).toEqual([200, 200]);
  await house.latchkey.cli(["group", "remove", "--name", "api-users", "--user", owner]);
  expect(await both(house, secret)).toMatchObject([
    { status: 403, reason: "use_refused" },
    { status: 403, reason: "use_refused" },
  ]);
});

test("who is moved to a narrower tier can only do what that grants", async ({ house }) => {
  await house.latchkey.cli(["group", "create", "--name", "interns"]);
  const own = { maxLifetimeDays: 7, access: "read", applications: ["jira"], maxActive: 3 };
  const members = { everyone: false, groups: ["interns"], serviceAccounts: false };
  const policy = { name: "Interns", priority: 500, members, use: true, create: "yes", selfRotate: false, own };
  await house.latchkey.cli(["policy", "create", "--json", "-"], JSON.stringify({ ...policy, ceiling: null }));
  const owner = await somebody(house, "api-users");
  const { secret } = await makeToken(house.latchkey, ["--access", "write"], owner);
  expect(await statuses(house, secret, "DELETE")).toEqual([200, 200]);
  await house.latchkey.cli(["group", "add", "--name", "interns", "--user", owner]);
  expect(await statuses(house, secret)).toEqual([200, 200]);
  expect(await both(house, secret, "DELETE")).toMatchObject([{ reason: "write_refused" }, { reason: "write_refused" }]);
});

test("a token stops at its expiry, without anybody doing anything", async ({ house }) => {
  const began = Date.now();
  await makeToken(house.latchkey);
  const slow = Date.now() - began; // so long it takes to make one, here and now
  const expires = new Date(Date.now() + 5_000 + 3 * slow).toISOString();
  const { secret } = await makeToken(house.latchkey, ["--access", "read", "--expires", expires]);
  expect(await statuses(house, secret)).toEqual([200, 200]);
  await waitUntil(
    "both refuse",
    async () => (await statuses(house, secret)).every((status) => status === 401) || undefined,
    30_000 + 3 * slow,
  );
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expires));
});

test("a rotated token stops at once where no overlap is wanted, and its successor works", async ({ house }) => {
  const first = await makeToken(house.latchkey);
  const rotated = await house.latchkey.cli(["token", "rotate", "--id", first.id, "--overlap", "now"]);
  expect(await statuses(house, first.secret)).toEqual([401, 401]);
  expect(await statuses(house, String(rotated.secret))).toEqual([200, 200]);
});

let count = 0;

async function somebody({ latchkey }: House, group: string): Promise<string> {
  const username = `${USER.username}.${++count}`;
  await latchkey.cli(["user", "create", "--username", username, "--group", group]);
  return username;
}
