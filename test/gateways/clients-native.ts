import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Client as Bitbucket } from "bitbucket-server-nodejs";
import { expect } from "vitest";
import { git } from "../upstreams/git";
import {
  type Client,
  jiraClient,
  jiraClientBearer,
  jiraJs,
  jiraJsBearer,
  refusalOf,
  type Where,
} from "../upstreams/jira-clients";
import { FRED, UNKNOWN } from "../upstreams/living";
import { pythonJira } from "../upstreams/python-jira";
import { makeDirectory } from "../upstreams/workspace";
import { curl, radicaleAsked } from "./clients-jira";
import { LIVING } from "./estate";

const FINE = { status: 0, output: "" };

/** It shows its credential when the application asks for one. A large push goes in chunks, behind a question. */
export async function gitNative(address: string): Promise<void> {
  const work = makeDirectory("native");
  const copy = `${work.path}/copy`;
  const url = (password?: string) => {
    const who = password === undefined ? "" : `${FRED.username}:${encodeURIComponent(password)}@`;
    return `http://${who}${address}${LIVING}/scm/demo/repo.git`;
  };
  const branch = `refs/heads/${address.replace(/\W/g, "-")}`;
  const cloned = await git(work.path, "clone", "--quiet", url(FRED.token), copy);
  writeFileSync(`${copy}/large`, randomBytes(200_000));
  await git(copy, "add", "large");
  await git(copy, "commit", "--quiet", "--message", "Large");
  const inChunks = ["-c", "http.postBuffer=65536"];
  const pushed = await git(copy, ...inChunks, "push", "--quiet", url(FRED.password), `HEAD:${branch}`);
  const bearer = ["-c", `http.extraHeader=Authorization: Bearer ${FRED.token}`];
  const listed = await git(copy, ...bearer, "ls-remote", url(), branch);
  const head = await git(copy, "rev-parse", "HEAD");
  expect([cloned, pushed, listed]).toEqual([FINE, FINE, { ...FINE, output: `${head.output.trim()}\t${branch}\n` }]);
  expect((await git(copy, "ls-remote", url("winter"))).output).toContain("Authentication failed");
  expect((await git(copy, "ls-remote", url())).output).toContain("could not read Username");
  work.remove();
}

export async function bitbucketNative(address: string): Promise<void> {
  const client = (password: string) =>
    new Bitbucket(`http://${address}${LIVING}/rest/api/1.0`, { type: "basic", username: FRED.username, password });
  expect((await client(FRED.token).repos.get("DEMO")).values).toEqual([{ slug: "repo" }]);
  expect(await client(FRED.password).put("projects/DEMO/repos", { name: "n" })).toEqual({ slug: "n", by: "fred" });
  expect(await refusalOf(client("winter").repos.get("DEMO"))).toContain(UNKNOWN);
}

type Makes = (port: number, password: string, where: Where) => Client;

async function jiraUses(client: Makes, address: string, password: string): Promise<void> {
  const { hostname: host, port } = new URL(`http://${address}`);
  const as = (secret: string) => client(Number(port), secret, { host, context: LIVING });
  expect(await as(password).search()).toBe(1);
  expect(await as(password).create()).toBe("DEMO-2");
  expect(await refusalOf(as(`${password}x`).search())).toContain(UNKNOWN);
}

const byPassword =
  (client: typeof jiraClient): Makes =>
  (port, password, where) =>
    client(port, FRED.username, password, where);

export async function jiraClientNative(address: string): Promise<void> {
  await jiraUses(jiraClientBearer, address, FRED.token);
  await jiraUses(byPassword(jiraClient), address, FRED.password);
}

export async function jiraJsNative(address: string): Promise<void> {
  await jiraUses(jiraJsBearer, address, FRED.token);
  await jiraUses(byPassword(jiraJs), address, FRED.password);
}

/** It sends a password as Basic in ISO 8859-1. */
export async function pythonNative(address: string): Promise<void> {
  const as = (way: "bearer" | "basic" | "session", password: string) =>
    pythonJira(`http://${address}${LIVING}`, way, FRED.username, password);
  const said = await Promise.all([as("bearer", FRED.token), as("basic", FRED.password), as("session", FRED.password)]);
  expect(said).toEqual(said.map(() => "found DEMO-1\nmade DEMO-2\n"));
}

/** It asks for a password, and knows nobody by `X-Remote-User`. */
export async function radicaleNative(address: string): Promise<void> {
  const calendar = `${LIVING}/radicale/${FRED.username}/${address.replace(/\W/g, "-")}/`;
  const { make, put, find, get } = radicaleAsked(`http://${address}${calendar}`);
  const as = (password: string) => ["--user", `${FRED.username}:${password}`];
  expect(await curl(...as("winter"), ...make)).toMatch(/\n401$/);
  for (const asked of [make, put]) expect(await curl(...as(FRED.password), ...asked)).toMatch(/\n201$/);
  expect(await curl(...as(FRED.password), ...find)).toMatch(/1\.ics.*\n207$/s);
  expect(await curl(...as(FRED.password), ...get)).toMatch(/SUMMARY:Tea.*\n200$/s);
  expect(await curl(...get)).toMatch(/\n401$/);
}

/** curl sends as much only after `100 Continue`, or when it has waited for that. */
export async function curlNative(address: string): Promise<void> {
  const folder = makeDirectory("upload");
  const file = `${folder.path}/large`;
  writeFileSync(file, "x".repeat(2_000_000));
  const upload = ["--data-binary", `@${file}`, `http://${address}${LIVING}/attachments`];
  expect(await curl("--user", `${FRED.username}:${FRED.token}`, ...upload)).toBe("2000000 bytes\n201");
  expect(await curl("--user", `${FRED.username}:winter`, ...upload)).toContain(UNKNOWN);
  folder.remove();
}
