import { Client } from "bitbucket-server-nodejs";
import { expect } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { git } from "../upstreams/git";
import { refusalOf } from "../upstreams/jira-clients";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import { makeDirectory } from "../upstreams/workspace";
import { LIVING } from "./estate";
import type { Place } from "./place";

/** @param base where git's addresses begin, without a credential */
async function gitUses({ gateway, tokens: { read, write } }: Place, base: string): Promise<void> {
  const work = makeDirectory("clone");
  const copy = `${work.path}/copy`;
  const url = (secret: string) => `http://maria:${secret}@${base}/scm/demo/repo.git`;
  expect(await git(work.path, "clone", "--quiet", url(read.secret), copy)).toEqual({ status: 0, output: "" });
  const message = `Pushed through ${gateway.name} at ${base}`;
  await git(copy, "commit", "--quiet", "--allow-empty", "--message", message);
  const refused = await git(copy, "push", "--quiet", url(read.secret), "main");
  expect([refused.status === 0, refused.output]).toEqual([false, expect.stringContaining("403")]);
  expect((await git(work.path, "ls-remote", url(newSecret()))).output).toContain("Authentication failed");
  expect(await git(copy, "push", "--quiet", url(write.secret), "main")).toEqual({ status: 0, output: "" });
  await git(work.path, "clone", "--quiet", url(read.secret), `${work.path}/again`);
  expect((await git(`${work.path}/again`, "log", "-1", "--format=%s")).output.trim()).toBe(message);
  work.remove();
}

/** It shows its credential when somebody asks for one: Latchkey, or the application where nothing is asked about without. */
export async function gitWorks(place: Place): Promise<void> {
  await gitUses(place, `${API_HOST}:${place.port}/bitbucket`);
  await gitUses(place, `${API_HOST}:${place.port}${LIVING}`);
  await gitUses(place, `${MAIN_HOST}:${place.port}${LIVING}`);
}

export async function bitbucketWorks({ port, tokens: { read, write, revoked } }: Place): Promise<void> {
  for (const host of [API_HOST, MAIN_HOST]) {
    const client = ({ secret: password }: { secret: string }) =>
      new Client(`http://${host}:${port}/bitbucket/rest/api/1.0`, { type: "basic", username: "maria", password });
    expect((await client(read).repos.get("DEMO")).values).toEqual([{ slug: "repo" }]);
    expect(await refusalOf(client(read).put("projects/DEMO/repos", { name: "new" }))).toContain("may only read");
    expect(await client(write).put("projects/DEMO/repos", { name: "new" })).toEqual({ slug: "new", by: "maria" });
    expect(await refusalOf(client(revoked).repos.get("DEMO"))).toContain("401");
  }
}
