import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { envoyPrograms } from "./envoy-files";
import { forwardPrograms } from "./forward-files";
import { folderFiles } from "./nginx-files";
import { readShipped, readShippedEnvoy, readShippedForward } from "./store-shipped";
import { tokenNames } from "./token-names";

const VERIFIER = { address: "127.0.0.1:3001", by: "clear" } as const;
const OWN = [
  { header: "X-Jira-Token", query: "jira.key" },
  { header: "x-api-token", query: null },
  { header: null, query: "Access_Token" },
  { header: "x-jira-token", query: "JIRA.KEY" },
  { header: "X-Git-Token", query: "git" },
];
const [nginx, forward, envoy] = [await readShipped(), await readShippedForward(), await readShippedEnvoy()];

/** All files of all programs as the gateway's page shows them, by path. */
function filesFor(credentials: typeof OWN, conditions: readonly string[] = []): Map<string, string> {
  const names = tokenNames(credentials, conditions);
  const common = {
    gatewayKey: "gw1",
    verifier: VERIFIER,
    applications: [{ key: "jira", routes: [{ host: "jira.corp", context: "" }] }],
    proxies: [],
    names,
  };
  const folder = folderFiles(nginx, { ...common, portalUrl: "http://localhost:3000" });
  const programs = [...forwardPrograms(forward, common), ...envoyPrograms(envoy, { ...common, grpc: VERIFIER })];
  const files = programs.flatMap(({ name, files: all }) =>
    all.map(({ path, text }) => [`${name} ${path}`, text] as const),
  );
  return new Map([...folder.map(({ path, text }) => [path, text] as const), ...files]);
}
const [shipped, named] = [filesFor([]), filesFor(OWN)];
const of = (path: string) => named.get(path) ?? "";
const WITHHELD = "x-api-token,x-jira-token,x-git-token";

it("names are known once, whatever their case, and what is shipped first", () => {
  expect(tokenNames(OWN)).toEqual({
    headers: ["X-Api-Token", "x-jira-token", "X-Git-Token"],
    parameters: ["jira.key", "git"],
    conditions: [],
  });
  expect(tokenNames([{ header: null, query: null }])).toEqual({
    ...{ headers: ["X-Api-Token"], parameters: [], conditions: [] },
  });
});

it("headers of header conditions are told by who tells them by name, each once, and none that no gateway passes", () => {
  const asked = ["null", "origin", "x-git-token", "x-team", "x_team", "x-forwarded-for"];
  const files = filesFor(OWN, asked);
  const further = ["null", "x-team"];
  const read = (path: string) => parse(files.get(path) ?? "");
  const manager = read("Envoy, HTTP /etc/envoy/envoy.yaml").static_resources.listeners[0].filter_chains[0].filters[0];
  const allowed = manager.typed_config.http_filters[1].typed_config.allowed_headers.patterns;
  const [istio] = read("Istio mesh.yaml").spec.meshConfig.extensionProviders;
  const told: Record<string, string[]> = {
    traefik: read("Traefik /etc/traefik/latchkey.yaml").http.middlewares["latchkey-ask"].forwardAuth.authRequestHeaders,
    apisix: read("Apache APISIX conf/apisix.yaml").plugin_configs[0].plugins["forward-auth"].request_headers,
    envoy: allowed.map(({ exact }: { exact: string }) => exact),
    istio: istio.envoyExtAuthzHttp.includeRequestHeadersInCheck,
  };
  for (const [program, names] of Object.entries(told)) {
    const lower = names.map((name) => name.toLowerCase());
    expect([program, lower]).toEqual([program, expect.arrayContaining(["origin", "x-git-token", ...further])]);
    expect([program, new Set(lower).size]).toEqual([program, lower.length]);
    expect([program, lower.includes("x_team")]).toEqual([program, false]);
  }
  const changed = [...files].filter(([path, text]) => text !== named.get(path)).map(([path]) => path.split(" /")[0]);
  expect(changed.sort()).toEqual(["Apache APISIX conf/apisix.yaml", "Envoy, HTTP", "Istio mesh.yaml", "Traefik"]);
});

it("where X-Api-Token is the only header, every file stays as it is but for what else is filled in", () => {
  expect(filesFor([{ header: "X-API-TOKEN", query: "ACCESS_TOKEN" }])).toEqual(shipped);
  for (const [path, text] of shipped) expect([path, /jira-token|git-token/i.test(text)]).toEqual([path, false]);
});

describe("the headers and parameters of a gateway's applications", () => {
  it("are asked about, told and taken away by nginx", () => {
    expect(of("latchkey/latchkey.conf")).toContain(
      'map "$http_authorization$http_x_api_token$http_x_jira_token$http_x_git_token$latchkey_asks_parameter',
    );
    expect(of("latchkey/latchkey.conf")).toContain('"~*(^|[&;])(os_|oauth_|access_token=|jira[.]key=|git=)" ask;');
    const server = of("latchkey/server.conf");
    const [, notAsked = ""] = of("latchkey/main-host.conf").split("location @latchkey_not_asked");
    expect(server).toContain(`proxy_set_header X-Latchkey-Withholds "${WITHHELD}";`);
    const [, token = ""] = server.split("location @latchkey_token");
    for (const name of ["X-Api-Token", "x-jira-token", "X-Git-Token"])
      for (const place of [token, notAsked])
        expect(place.split("\n}")[0]).toMatch(new RegExp(`proxy_set_header ${name} +"";`));
  });

  it("are asked about, told and taken away by Caddy", () => {
    const text = of("Caddy /etc/caddy/latchkey.caddyfile");
    expect(text).toContain(`header_up X-Latchkey-Withholds ${WITHHELD} `);
    for (const name of ["X-Api-Token", "x-jira-token", "X-Git-Token"]) {
      expect(text).toContain(`{http.request.header.${name}} != "" ||`);
      expect(text).toContain(`\trequest_header @latchkey_token -${name}`);
    }
    expect(text).toContain("access_token=|jira[.]key=|git=)|");
  });

  it("are asked about, told and taken away by HAProxy and by Apache", () => {
    expect(of("HAProxy /etc/haproxy/latchkey.lua")).toContain('{ "x-api-token", "x-jira-token", "x-git-token" }');
    const asks = [...of("HAProxy /etc/haproxy/haproxy.cfg").matchAll(/^ {2}acl asks req\.hdr\((\S+)\) -m found/gm)];
    expect(asks.map(([, name]) => name)).toEqual(["authorization", "x-api-token", "x-jira-token", "x-git-token"]);
    expect(of("HAProxy /etc/haproxy/haproxy.cfg")).toContain("access_token=|jira[.]key=|git=)");
    const lua = of("Apache httpd /etc/apache2/latchkey.lua");
    expect(lua).toContain('local TOKEN_HEADERS = { "X-Api-Token", "x-jira-token", "X-Git-Token" }');
    expect(lua).toContain('local TOKEN_PARAMETERS = { "access_token", "jira.key", "git" }');
  });

  it("are asked about, told and taken away by Traefik", () => {
    const { routers, middlewares } = parse(of("Traefik /etc/traefik/latchkey.yaml")).http;
    const { rule } = routers["jira-main-host-credentials"];
    expect(rule).toContain("|| HeaderRegexp(`x-jira-token`, `.`) || HeaderRegexp(`X-Git-Token`, `.`) || QueryRegexp(");
    expect(rule).toContain("|| QueryRegexp(`jira.key`, `.*`) || QueryRegexp(`JIRA.KEY`, `.*`) || QueryRegexp(`git`");
    expect(routers["jira-main-host"].rule).toContain("&& !HeaderRegexp(`X-Git-Token`, `.`) && (");
    expect(routers["jira-main-host"].rule).toContain("&& !QueryRegexp(`GIT`, `.*`) && !QueryRegexp(`os_username`");
    const { regex } = middlewares["latchkey-other-case"].redirectRegex;
    expect(regex).toMatch(/\|oauth_consumer_key\|access_token\|jira\[\.\]key\|git\)=\.\*\$$/);
    expect(middlewares["latchkey-clean"].headers.customRequestHeaders["X-Latchkey-Withholds"]).toBe(WITHHELD);
    expect(middlewares["latchkey-ask"].forwardAuth.authRequestHeaders).toContain("X-Git-Token");
    expect(middlewares["latchkey-after"].headers.customRequestHeaders).toMatchObject({ "x-jira-token": "" });
  });

  it("are asked about and taken away by Envoy, and told where it asks by HTTP", () => {
    for (const way of ["HTTP", "gRPC"]) {
      const text = of(`Envoy, ${way} /etc/envoy/envoy.yaml`);
      const manager = parse(text).static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
      const [, main] = manager.route_config.virtual_hosts;
      const asked = main.routes.flatMap((route: { match: { headers?: { name: string; present_match?: true }[] } }) =>
        (route.match.headers ?? []).flatMap((header) => (header.present_match ? [header.name] : [])),
      );
      expect(asked).toEqual(["authorization", "x-api-token", "x-jira-token", "x-git-token"]);
      expect(text).toContain("(?i:os_|oauth_|access_token=|jira[.]key=|git=)");
      expect(text).toContain('local beside = { "cookie", "x-api-token", "x-jira-token", "x-git-token", "x-http-');
      const { allowed_headers: allowed, http_service: service } = manager.http_filters[1].typed_config;
      if (way === "gRPC") continue;
      expect(allowed.patterns).toEqual(expect.arrayContaining([{ exact: "x-git-token" }, { exact: "x-jira-token" }]));
      expect(service.authorization_request.headers_to_add).toContainEqual({
        key: "x-latchkey-withholds",
        value: WITHHELD,
      });
    }
  });

  it("are asked about, told and taken away by Kong", () => {
    const [lua] = parse(of("Kong /etc/kong/kong.yaml")).services[0].plugins[0].config.access;
    expect(lua).toContain('local TOKEN_HEADERS = { "x-api-token", "x-jira-token", "x-git-token" }');
    expect(lua).toContain('local TOKEN_PARAMETERS = { "access_token", "jira.key", "git" }');
  });

  it("are told and taken away by Apache APISIX", () => {
    const { plugins } = parse(of("Apache APISIX conf/apisix.yaml")).plugin_configs[0];
    const { extra_headers, request_headers, upstream_headers } = plugins["forward-auth"];
    expect(extra_headers["X-Latchkey-Withholds"]).toBe(WITHHELD);
    for (const list of [request_headers, upstream_headers])
      expect(list.filter((name: string) => /-token$/i.test(name))).toEqual([
        ...["X-Api-Token", "x-jira-token", "X-Git-Token"],
      ]);
  });

  it("are asked about, told and taken away by Istio", () => {
    const mesh = parse(of("Istio mesh.yaml")).spec.meshConfig.extensionProviders[0].envoyExtAuthzHttp;
    expect(mesh.includeRequestHeadersInCheck).toEqual(expect.arrayContaining(["x-jira-token", "x-git-token"]));
    expect(mesh.includeAdditionalHeadersInCheck["x-latchkey-withholds"]).toBe(WITHHELD);
    const lua = of("Istio latchkey.yaml");
    expect(lua).toContain('{ "cookie", "x-api-token", "x-jira-token", "x-git-token", "x-http-');
    expect(lua).toContain('local token_headers = { "x-api-token", "x-jira-token", "x-git-token" }');
    expect(lua).toContain('local token_parameters = { "access_token", "jira.key", "git" }');
  });
});

it("is refused to be made from files that have no place for a name", () => {
  const facts = { gatewayKey: "gw1", verifier: VERIFIER, applications: [], proxies: [], names: tokenNames(OWN) };
  const caddy = forward.caddy.replace("-X-Api-Token", "-X-Other");
  expect(() => forwardPrograms({ ...forward, caddy }, facts)).toThrow("no place for");
});
