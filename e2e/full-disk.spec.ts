import { readFileSync } from "node:fs";
import { placeIn } from "#server/postgres/place";
import { readPostmaster } from "#server/postgres/postmaster";
import { waitUntil } from "#test/upstreams/wait-until";
import { lives } from "#test/workers";
import { expect, makeTokenIn, openPage, signIn, test } from "./fixtures";
import { ADMIN, furnish, USER } from "./house";
import { type Installation, startInstallation } from "./installation";
import { askVerifier, bearer } from "./question";

/** Children of a process; none of one that has just ended. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** What Latchkey started, and what these started. */
function below(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...below(child)]);
}

/** Waits until the verifier says so: on a machine with too much to do a first look-up may be 503. */
const until = (status: number, { verifierPort }: Installation, gatewaySecret: string, secret: string) =>
  waitUntil(`the verifier says ${status}`, async () => {
    const answer = await askVerifier(verifierPort, gatewaySecret, bearer(secret));
    return answer.status === status || undefined;
  });

test("where the disk of the log is full from the beginning, people and verifiers notice nothing, and the end is the end of all", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const latchkey = await startInstallation({ LOG_LEVEL: "debug" }, "/dev/full");
  const page = await openPage(browser, { baseURL: latchkey.portalUrl });
  try {
    await latchkey.cli(["admin", "create", "--username", ADMIN.username], ADMIN.password);
    const gatewaySecret = await furnish(latchkey);
    await signIn(page, USER);
    const secret = await makeTokenIn(page, "Release notes", "Jira");
    await until(200, latchkey, gatewaySecret, secret);
    await page.goto("/tokens");
    await page.getByRole("button", { name: "Revoke Release notes" }).first().click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke for good" }).click();
    await expect(page.getByText("Stopped everywhere.")).toBeVisible();
    await until(401, latchkey, gatewaySecret, secret);

    const all = below(latchkey.process.pid);
    const { cluster } = placeIn(latchkey.env.LATCHKEY_DATA_DIR ?? "");
    expect(all).toContain(readPostmaster(cluster)?.pid);
    latchkey.process.signal("SIGTERM");
    await waitUntil("it has ended", () => latchkey.process.exitCode() ?? undefined, 40_000);
    expect(latchkey.process.exitCode()).toBe(0);
    expect([readPostmaster(cluster), all.filter(lives)]).toEqual([null, []]);
  } finally {
    await page.context().close();
    await latchkey.stop();
  }
});
