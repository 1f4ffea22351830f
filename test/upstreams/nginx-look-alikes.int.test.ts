import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startJira } from "./jira";
import { type Nginx, startNginx } from "./nginx";
import { API_HOST, MAIN_HOST } from "./nginx-site";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";
import { type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";

const GET = "GET /rest/api/2/myself HTTP/1.1";
const NAMES = [
  ...["Auth", "User", "User-Id", "Groups", "Access", "Token-Id", "Request-Id", "Assertion"],
  ...["Reason", "Status", "Gateway-Key", "Withholds"],
];

/** A name with each hyphen as it is or as an underscore: all spellings that CGI reads as one. */
const spellings = (name: string): string[] =>
  name
    .split("-")
    .reduce<string[]>(
      (all, part) => (all.length === 0 ? [part] : all.flatMap((each) => [`${each}-${part}`, `${each}_${part}`])),
      [],
    );
const FORGED = [...NAMES.map((name) => `X-Latchkey-${name}`), "X-Remote-User"].flatMap((name) =>
  spellings(name).map((each) => `${each}: root`),
);

describe.each([
  ["lets underscores pass", "underscores_in_headers on;"],
  ["lets them pass, and what is no header name", "underscores_in_headers on; ignore_invalid_headers off;"],
])("where the default server of the port %s", (_what, defaultServer) => {
  let [verifier, jira, nginx]: [ScriptedVerifier?, Upstream?, Nginx?] = [];
  beforeAll(async () => {
    [verifier, jira] = await Promise.all([startScriptedVerifier(), startJira()]);
    const ports = { verifierPorts: [verifier.port], upstreamPort: jira.port };
    nginx = await startNginx({ ...ports, gatewaySecret: "s", defaultServer });
  });
  afterAll(() => Promise.all([nginx?.stop(), verifier?.stop(), jira?.stop()]));

  test.each([
    ["a token", API_HOST, ["X-Api-Token: lk_1"]],
    ["a browser on the main host", MAIN_HOST, ["Cookie: JSESSIONID=1"]],
  ])("no spelling of an identity header arrives before the Host line beside %s", async (_who, address, lines) => {
    for (const forged of [...FORGED.map((each) => [each]), FORGED]) {
      // Host comes behind them: until then the default server's settings count.
      const { status } = await rawRequest({ address, port: nginx?.port ?? 0 }, [GET, ...forged, ...lines]);
      const arrivals = jira?.take() ?? [];
      expect([forged, status, arrivals.length]).toEqual([forged, 200, 1]);
      for (const arrival of arrivals)
        expect([forged, wholeText(arrival)]).toEqual([forged, expect.not.stringContaining("root")]);
    }
  });
});
