import { Client } from "bitbucket-server-nodejs";
import { expect } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { git } from "../upstreams/git";
import { refusalOf } from "../upstreams/jira-clients";
import { API_HOST } from "../upstreams/nginx-site";
import { makeDirectory } from "../upstreams/workspace";
import type { Place } from "./place";

export async function gitWorks({ gateway, port, tokens: { read, write } }: Place): Promise<void> {
  const work = makeDirectory("clone");
  const copy = `${work.path}/copy`;
  const url = (secret: string) => `http://maria:${secret}@${API_HOST}:${port}/bitbucket/scm/demo/repo.git`;
  expect(await git(work.path, "clone", "--quiet", url(read.secret), copy)).toEqual({ status: 0, output: "" });
  const message = `Pushed through ${gateway.name}`;
  await git(copy, "commit", "--quiet", "--allow-empty", "--message", message);
  const refused = await git(copy, "push", "--quiet", url(read.secret), "main");
  expect([refused.status === 0, refused.output]).toEqual([false, expect.stringContaining("403")]);
  expect((await git(work.path, "ls-remote", url(newSecret()))).output).toContain("Authentication failed");
  expect(await git(copy, "push", "--quiet", url(write.secret), "main")).toEqual({ status: 0, output: "" });
  await git(work.path, "clone", "--quiet", url(read.secret), `${work.path}/again`);
  expect((await git(`${work.path}/again`, "log", "-1", "--format=%s")).output.trim()).toBe(message);
  work.remove();
}

export async function bitbucketWorks({ port, tokens: { read, write, revoked } }: Place): Promise<void> {
  const client = ({ secret: password }: { secret: string }) =>
    new Client(`http://${API_HOST}:${port}/bitbucket/rest/api/1.0`, { type: "basic", username: "maria", password });
  expect((await client(read).repos.get("DEMO")).values).toEqual([{ slug: "repo" }]);
  expect(await refusalOf(client(read).put("projects/DEMO/repos", { name: "new" }))).toContain("may only read");
  expect(await client(write).put("projects/DEMO/repos", { name: "new" })).toEqual({ slug: "new", by: "maria" });
  expect(await refusalOf(client(revoked).repos.get("DEMO"))).toContain("401");
}
