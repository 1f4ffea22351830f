import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { tokenNames } from "#lib/gateways/token-names";
import { git, startGit } from "./git";
import { startJira } from "./jira";
import { ASKED, NOT_ASKED } from "./main-host-requests";
import { type Nginx, startNginx } from "./nginx";
import { API_HOST, MAIN_HOST } from "./nginx-site";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";
import { ALLOW_TOKEN, allowClass, refusal, type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";
import { makeDirectory } from "./workspace";

const GIT_HOST = "127.0.0.3";
let verifier: ScriptedVerifier;
let jira: Upstream;
let repositories: Awaited<ReturnType<typeof startGit>>;
let nginx: Nginx;
const main = (lines: readonly string[], body?: string) =>
  rawRequest({ address: MAIN_HOST, port: nginx.port }, lines, body);

beforeAll(async () => {
  [verifier, jira, repositories] = await Promise.all([startScriptedVerifier(), startJira(), startGit()]);
  nginx = await startNginx({
    verifierPorts: [verifier.port],
    gatewaySecret: "s",
    upstreamPort: jira.port,
    others: [{ address: GIT_HOST, upstreamPort: repositories.port }],
    names: tokenNames([{ header: "X-Own-Token", query: null }]),
  });
});
afterAll(() => Promise.all([nginx.stop(), jira.stop(), repositories.stop(), verifier.stop()]));
beforeEach(() => {
  verifier.say(ALLOW_TOKEN);
  verifier.take();
  jira.take();
});

describe("main host, credentials only", () => {
  test.each(NOT_ASKED)(
    "does not ask about %s, and passes it unchanged but for identity headers",
    async (_name, lines, body) => {
      const answer = await main([...lines, "X-Latchkey-User: root", "X-Latchkey-Auth: token"], body);
      expect(answer.status).toBeLessThan(405);
      expect(answer.headers["set-cookie"]).toHaveLength(2);
      expect(verifier.take()).toEqual([]);
      const [arrival] = jira.take();
      expect(arrival?.body).toBe(body);
      expect(arrival?.url).toBe(lines[0]?.split(" ")[1]);
      expect(arrival?.headers.cookie?.[0]).toBe(lines[1]?.slice("Cookie: ".length));
      expect(Object.keys(arrival?.headers ?? {}).filter((name) => name.startsWith("x-latchkey"))).toEqual([]);
    },
  );

  test.each(ASKED)("asks about %s", async (_name, lines) => {
    verifier.say(refusal(403, "password_blocked"));
    expect((await main(lines, "{}")).status).toBe(403);
    expect(verifier.take()).toHaveLength(1);
    expect(jira.take()).toEqual([]);
  });

  test("gives a token request the same treatment as the API host", async () => {
    await main(["GET /rest/api/2/myself HTTP/1.1", "X-Api-Token: lk_1", "Cookie: JSESSIONID=1"]);
    const [arrival] = jira.take();
    expect(arrival?.headers["x-latchkey-user"]).toEqual(["ada"]);
    expect(arrival?.headers.cookie).toBeUndefined();
    expect(arrival && wholeText(arrival)).not.toContain("lk_1");
  });

  test("an empty first line of a token header hides no second: the application gets neither", async () => {
    for (const lines of [
      ["X-Api-Token:", "X-Api-Token: lk_1"],
      ["x-own-token: ", "X-Own-Token: lk_1", "Cookie: JSESSIONID=1"],
    ]) {
      expect((await main(["GET /rest/api/2/myself HTTP/1.1", ...lines])).status).toBe(200);
      const [arrival] = jira.take();
      expect(arrival && wholeText(arrival)).not.toContain("lk_1");
    }
  });

  test("survives the absence of the verifier where it is not asked, and refuses where it is", async () => {
    const alone = await startScriptedVerifier();
    const other = await startNginx({ verifierPorts: [alone.port], gatewaySecret: "s", upstreamPort: jira.port });
    onTestFinished(other.stop);
    await alone.stop();
    const to = { address: MAIN_HOST, port: other.port };
    expect((await rawRequest(to, ["GET / HTTP/1.1", "Cookie: JSESSIONID=1"])).status).toBe(200);
    expect((await rawRequest(to, ["GET / HTTP/1.1", "Authorization: Bearer x"])).status).toBe(503);
  });
});

describe("API host", () => {
  test("asks about every request, a browser's too", async () => {
    verifier.say(allowClass("none"));
    await rawRequest({ address: API_HOST, port: nginx.port }, ["GET / HTTP/1.1", "Cookie: JSESSIONID=1"]);
    expect(verifier.take()).toHaveLength(1);
    expect(jira.take()[0]?.headers.cookie).toEqual(["JSESSIONID=1"]);
  });

  test("lets git clone and push with the identity that the verifier gave", async () => {
    verifier.say((asked) => (asked.headers.authorization ? ALLOW_TOKEN : refusal(401, "credential_missing")));
    const work = makeDirectory("clone");
    const url = `http://ada:token@${GIT_HOST}:${nginx.port}/scm/demo/repo.git`;
    expect(await git(work.path, "clone", "--quiet", url, "copy")).toEqual({ status: 0, output: "" });
    const copy = `${work.path}/copy`;
    await git(copy, "commit", "--quiet", "--allow-empty", "--message", "The second commit");
    expect((await git(copy, "push", "--quiet", "origin", "main")).status).toBe(0);
    expect((await git(repositories.repository, "log", "--format=%s")).output).toContain("The second commit");
    work.remove();
  });
});
