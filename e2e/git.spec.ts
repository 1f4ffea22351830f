import { git } from "#test/upstreams/git";
import { makeDirectory } from "#test/upstreams/workspace";
import { expect, test } from "./fixtures";
import { GIT_HOST, makeToken, USER } from "./house";
import { settled } from "./question";

test("git clones with a read token, is refused a push with a clean 403, and pushes with a write token", async ({
  house,
}) => {
  const reading = await makeToken(house.latchkey, ["--access", "read"]);
  const writing = await makeToken(house.latchkey, ["--access", "write"]);
  await settled(house, reading.secret, writing.secret);
  const work = makeDirectory("clone");
  const url = (secret: string) => `http://${USER.username}:${secret}@${GIT_HOST}:${house.nginx.port}/scm/demo/repo.git`;
  const copy = `${work.path}/copy`;

  expect(await git(work.path, "clone", "--quiet", url(reading.secret), copy)).toEqual({ status: 0, output: "" });
  await git(copy, "commit", "--quiet", "--allow-empty", "--message", "Pushed with a token");
  const refused = await git(copy, "push", "--quiet", url(reading.secret), "main");
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain("403");
  expect((await git(house.git.repository, "log", "--format=%s")).output).not.toContain("Pushed with a token");

  expect((await git(copy, "push", "--quiet", url(writing.secret), "main")).output).toBe("");
  expect((await git(house.git.repository, "log", "--format=%s")).output).toContain("Pushed with a token");
  work.remove();
});

test("git without a credential is asked for one, and with a wrong one is told so", async ({ house }) => {
  const work = makeDirectory("clone");
  const address = `${GIT_HOST}:${house.nginx.port}/scm/demo/repo.git`;
  const wrong = await git(work.path, "clone", `http://${USER.username}:lk_notatoken@${address}`, "copy");
  expect(wrong.output).toContain("Authentication failed");
  work.remove();
});
