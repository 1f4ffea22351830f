import { expect, test } from "vitest";
import { ISTIO_ASKS, run } from "./envoy-lua";
import { ASKED, NOT_ASKED } from "./main-host-requests";

// What Istio's policy asks about on a name that browsers use too is what the script before it says. The script itself runs.

const MAIN = ISTIO_ASKS.replace("local main = {}", 'local main = { ["jira.corp"] = true }');
const quoted = (text: string) => JSON.stringify(text);

/** Lua that shows a request to the script, and what the policy must read of it. */
function shown([first = "", ...lines]: readonly string[], says: "no" | null, host = "jira.corp"): string {
  const [method = "", path = ""] = first.split(" ");
  const pairs = lines.map((line): [string, string] => [line.split(":")[0] ?? "", line.replace(/^[^:]*: */, "")]);
  const pseudo = Object.entries({ ":authority": host, ":method": method, ":path": path });
  const given = [...pseudo, ...pairs].map(([name, value]) => `h.sent:put(${quoted(name)}, ${quoted(value)})`);
  const noted = 'h.noted:get("latchkey")';
  return `do
    local h = handle({})
    ${given.join("\n")}
    envoy_on_request(h)
    same(${quoted(`what is said of ${host} ${first} ${lines.join()}`)}, h.sent:get("x-latchkey-asks"), ${says === null ? "nil" : quoted(says)})
    same("what is noted", ${noted} and ${noted}.asks, ${says === null ? "nil" : quoted(says)})
    same("answered", h.answered, nil)
  end`;
}
const holds = (script: string, checks: readonly string[]) => expect(run(script, checks.join("\n"))).toEqual([]);

test("it says no of what carries no credential, and nothing of what carries one or might", () => {
  const more = [
    ["TRACE / HTTP/1.1"],
    ["TRACK / HTTP/1.1"],
    ["CONNECT jira.corp:443 HTTP/1.1"],
    ["POST /rest\\auth/1/session HTTP/1.1"],
    ["POST /jira/rest/auth/1/session?a=b HTTP/1.1"],
    ["POST /REST//Auth/1/session HTTP/1.1"],
    ["POST /a/.. HTTP/1.1"],
    ["GET / HTTP/1.1", "Authorization:"],
    ["GET / HTTP/1.1", "X-API-TOKEN:"],
    ["GET /?os_username HTTP/1.1"],
    ["GET /?a?b;Access_Token= HTTP/1.1"],
  ];
  const passing = [["GET / HTTP/1.1"], ["POST /rest/api/2/search HTTP/1.1"], ["GET /?access_token HTTP/1.1"]];
  holds(MAIN, [
    ...NOT_ASKED.map(([, lines]) => shown(lines, "no")),
    ...passing.map((lines) => shown(lines, "no")),
    ...ASKED.map(([, lines]) => shown(lines, null)),
    ...more.map((lines) => shown(lines, null)),
  ]);
});

test("it says so of the names that it lists alone, in any case and with a port", () => {
  const browser = ["GET / HTTP/1.1", "Cookie: JSESSIONID=1"];
  const own = ["jira.corp", "JIRA.Corp", "jira.corp:8443"];
  const others = ["", "jira.corp.", "x.jira.corp", "jira.corp.evil", "jira.corp:x", "jira.corp:1:2", "a@jira.corp"];
  holds(MAIN, [...own.map((host) => shown(browser, "no", host)), ...others.map((host) => shown(browser, null, host))]);
  holds(
    ISTIO_ASKS,
    [...own, ...others].map((host) => shown(browser, null, host)),
  );
});

test("what the client says of it is taken away, also where the script then fails", () => {
  const claim = "X-Latchkey-Asks: no";
  holds(MAIN, [
    shown(["GET / HTTP/1.1", claim, claim], "no"),
    shown(["GET / HTTP/1.1", claim, "Authorization: Basic YTpi"], null),
    shown(["GET / HTTP/1.1", claim], null, "wiki.corp"),
  ]);
  const broken = ISTIO_ASKS.replace("local main = {}", "local main = nil");
  holds(broken, [
    'local all = envoy_on_request\nfunction envoy_on_request(h) same("works", pcall(all, h), false) end',
    shown(["GET / HTTP/1.1", claim], null),
  ]);
});

test("headers and parameters in which an application takes tokens are credentials once they are named", () => {
  const asked = [["GET / HTTP/1.1", "X-Jira-Token: lk_1"], ["GET /?a=b;JIRA.Key=lk_1 HTTP/1.1"]];
  const named = MAIN.replace('{ "x-api-token" }', '{ "x-api-token", "x-jira-token" }').replace(
    '{ "access_token" }',
    '{ "access_token", "jira.key" }',
  );
  holds(
    named,
    asked.map((lines) => shown(lines, null)),
  );
  holds(
    MAIN,
    asked.map((lines) => shown(lines, "no")),
  );
});
