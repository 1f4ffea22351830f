import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { canonicalHost } from "#lib/verification/route";
import type { Contract } from "./forwarding";
import { startJira } from "./jira";
import { API_HOST, MAIN_HOST } from "./nginx-site";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";

const [WIKI_API, WIKI] = ["wiki-api.corp", "wiki.corp"];
/** Which application each name leads to. */
const NAMES: Readonly<Record<string, "jira" | "wiki">> = {
  ...{ [API_HOST]: "jira", [MAIN_HOST]: "jira", [WIKI_API]: "wiki", [WIKI]: "wiki" },
};
const leadsTo = (host: string | null): readonly string[] => [NAMES[host ?? ""] ?? []].flat();
const AT: readonly (readonly [address: string, names: readonly [string, string]])[] = [
  [API_HOST, [API_HOST, WIKI_API]],
  [MAIN_HOST, [MAIN_HOST, WIKI]],
];
const NOBODYS = ["nobody.corp", "wiki.corp.evil", "", "x@wiki.corp", "wiki.corp, 127.0.0.1", "[::1]"];

/** HAProxy and Apache lead who is asked about nowhere else than named; whoever is not, on their main hosts, in any name. */
const leadsUnasked = (program: string, address: string, host: string): readonly string[] =>
  program === "Caddy" || [MAIN_HOST, WIKI].includes(host) || address === API_HOST ? leadsTo(host) : ["jira"];

/** Two applications behind one address and port, told apart by name. */
export function describeHosts({ program, start, site, verifier, jira }: Contract): void {
  describe(`two applications that ${program} tells apart by name`, () => {
    let [wiki, gateway]: [Upstream?, Running?] = [];
    beforeAll(async () => {
      wiki = await startJira();
      const upstreamPort = wiki.port;
      const others = [
        { address: API_HOST, host: WIKI_API, upstreamPort },
        { address: MAIN_HOST, host: WIKI, upstreamPort },
      ];
      gateway = await start({ ...site(), verifierPort: verifier().port, others });
    });
    afterAll(() => Promise.all([gateway?.stop(), wiki?.stop()]));
    beforeEach(() => void wiki?.take());

    /** Asks, and says whom the verifier was asked about and whom the request reached. */
    const asking = async (address: string, target: string, host: string, more: readonly string[] = []) => {
      const lines = [`GET ${target} HTTP/1.1`, `Host: ${host}`, ...more];
      const answer = await rawRequest({ address, port: gateway?.port ?? 0 }, lines);
      const judged = verifier()
        .take()
        .map(({ headers }) => canonicalHost(headers["x-forwarded-host"]?.join() ?? ""));
      const [toJira, toWiki] = [jira().take(), wiki?.take() ?? []];
      const reached = [...toJira.map(() => "jira"), ...toWiki.map(() => "wiki")];
      return { ...answer, judged, reached, arrived: [...toJira, ...toWiki].map(wholeText).join() };
    };
    const TOKEN = ["Authorization: Bearer lk_1"];

    test.each(AT)("each on %s gets what is judged as its own", async (address, names) => {
      for (const name of names)
        for (const host of [name, `${name}:${gateway?.port}`, name.toUpperCase()]) {
          const { status, judged, reached } = await asking(address, "/", host, TOKEN);
          expect([host, status, judged, reached]).toEqual([host, 200, [name], leadsTo(name)]);
        }
    });

    test.each(AT)("what names another host than those on %s reaches nobody", async (address, names) => {
      const others = [...NOBODYS, ...Object.keys(NAMES).filter((name) => !names.includes(name))];
      for (const host of others)
        for (const more of [TOKEN, []]) {
          const { status, body, judged, reached } = await asking(address, "/rest/api/2/myself", host, more);
          // Caddy tells sites apart by name alone, on every address.
          const isAsked = more === TOKEN || address === API_HOST;
          const leads = program === "Caddy" || !isAsked ? leadsUnasked(program, address, host) : [];
          if (status !== 400) expect([host, more, reached]).toEqual([host, more, leads]);
          if (reached.length === 0) expect([host, [400, 421].includes(status) || status]).toEqual([host, true]);
          if (status === 421) expect(JSON.parse(body)).toMatchObject({ status: 421, code: "application_unknown" });
          for (const each of judged) expect([host, leadsTo(each)]).toEqual([host, reached]);
        }
    });

    test("probes and browsers without a credential reach the main host in any name, and as nobody", async () => {
      for (const host of ["nobody.corp", "jira", "10.0.0.1", "[::1]:443"])
        for (const more of [[], ["Cookie: JSESSIONID=1"]]) {
          const unasked = await asking(MAIN_HOST, "/status", host, [...more, "X-Latchkey-User: root"]);
          const leads = leadsUnasked(program, MAIN_HOST, host);
          expect([host, unasked.judged, unasked.reached]).toEqual([host, [], leads]);
          expect([host, unasked.status === 421]).toEqual([host, leads.length === 0]);
          expect(unasked.arrived).not.toContain("root");
          const { status, judged, reached } = await asking(MAIN_HOST, "/status?os_username=ada", host, more);
          expect([host, status, judged, reached]).toEqual([host, 421, [], []]);
        }
    });

    test.each(AT)(
      "a request line with an address leads to whom it was judged as on %s, or to nobody",
      async (address) => {
        const all = [...Object.keys(NAMES), "nobody.corp"];
        for (const line of all)
          for (const host of all)
            for (const more of [TOKEN, []]) {
              const told = `http://${line}:${gateway?.port}/rest/api/2/myself`;
              const { status, judged, reached } = await asking(address, told, `${host}:${gateway?.port}`, more);
              const from = [line, host, more];
              if (reached.length === 0) expect([from, status >= 400 && status < 500]).toEqual([from, true]);
              else if (more === TOKEN) expect([from, reached]).toEqual([from, leadsTo(line)]);
              else expect([from, reached]).toEqual([from, leadsUnasked(program, address, line)]);
              if (reached.length > 0) for (const each of judged) expect([from, leadsTo(each)]).toEqual([from, reached]);
            }
      },
    );
  });
}
