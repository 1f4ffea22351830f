import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { projectFolder } from "#server/project";
import { makeDirectory } from "./workspace";

// The emulation of Envoy tells the script's work a second time. Here the script itself runs, in the Lua of HAProxy, which
// checks a configuration by loading its scripts, with stand-ins for what Envoy hands to it.

const LUA = "envoy.filters.http.lua";
type Filter = { name: string; typed_config: { default_source_code: { inline_string: string } } };
type Patch = { patch: { value: Filter } };

const directory = makeDirectory("envoy-script");
afterAll(directory.remove);
const shipped = (file: string) => readFileSync(join(projectFolder(), "gateways", file), "utf8");
const filters = (file: string): Filter[] =>
  parse(shipped(file)).static_resources.listeners[0].filter_chains[0].filters[0].typed_config.http_filters;
const scriptOf = (found: Filter | undefined): string => found?.typed_config.default_source_code.inline_string ?? "";
const envoyScript = (file: string) => scriptOf(filters(file).find(({ name }) => name === LUA));
const istioScript = (): string => {
  const patches: Patch[] = parseAllDocuments(shipped("istio/latchkey.yaml"))
    .map((document) => document.toJS())
    .find(({ kind }) => kind === "EnvoyFilter").spec.configPatches;
  return scriptOf(patches.map(({ patch }) => patch.value).find(({ name }) => name === LUA));
};

const STAND_INS = `
local function bag(values)
  return { values = values, get = function(self, name) return self.values[name] end,
    remove = function(self, name) self.values[name] = nil end,
    set = function(self, name, key, value) self.values[name] = { [key] = value } end }
end
local function handle(headers, route)
  local noted = bag({})
  local self = { answered = nil, sent = bag(headers) }
  function self.headers() return self.sent end
  function self.metadata() return bag(route or {}) end
  function self.streamInfo() return { dynamicMetadata = function() return noted end } end
  function self.respond(_, with) self.answered = with[":status"] end
  return self
end
local function same(what, is, wanted) if is ~= wanted then error(what .. " is " .. tostring(is), 0) end end
`;

/** Runs a script and then Lua of the test; what that finds wrong fails it. */
function run(script: string, checks: string): void {
  expect(script).toContain("envoy_on_request");
  const [lua, configuration] = [join(directory.path, "script.lua"), join(directory.path, "haproxy.cfg")];
  writeFileSync(lua, [script, STAND_INS, checks].join("\n"));
  writeFileSync(
    configuration,
    `global\n  lua-load ${lua}\ndefaults\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\nlisten nobody\n  mode http\n  bind 127.0.0.1:9\n`,
  );
  const { status, stderr, error } = spawnSync("haproxy", ["-c", "-f", configuration], { encoding: "utf8" });
  if (error) throw new Error("haproxy cannot be started. Install it: apt-get install haproxy", { cause: error });
  expect([stderr.match(/^.*(?:Lua|lua|error).*$/gm) ?? [], status]).toEqual([[], 0]);
}

const SCRIPTS = {
  "Envoy by HTTP": envoyScript("envoy/http.yaml"),
  "Envoy by gRPC": envoyScript("envoy/grpc.yaml"),
  Istio: istioScript(),
};
const BESIDE = ["cookie", "x-api-token", "x-http-method-override", "x-http-method", "x-method-override"];
const besides = BESIDE.map((name) => `["${name}"] = "x"`).join(", ");

test.each(Object.entries(SCRIPTS))(
  "the script for %s takes away what must not stand beside a token, and its session",
  (_name, script) => {
    run(
      script,
      `local h = handle({ ["x-latchkey-auth"] = "token", authorization = "", accept = "x", ["set-cookie"] = "s", ${besides} })
     envoy_on_request(h)
     same("answered", h.answered, nil)
     same("authorization", h.sent:get("authorization"), nil)
     same("accept", h.sent:get("accept"), "x")
     ${BESIDE.map((name) => `same("${name}", h.sent:get("${name}"), nil)`).join("\n")}
     envoy_on_response(h)
     same("set-cookie", h.sent:get("set-cookie"), nil)`,
    );
  },
);

test.each(Object.entries(SCRIPTS))("the script for %s leaves what is not ours as it is", (_name, script) => {
  run(
    script,
    `local h = handle({ ["x-latchkey-auth"] = "password", authorization = "Basic x", ["set-cookie"] = "s", ${besides} })
     envoy_on_request(h)
     envoy_on_response(h)
     same("answered", h.answered, nil)
     same("authorization", h.sent:get("authorization"), "Basic x")
     for _, name in ipairs({ "cookie", "x-api-token", "set-cookie" }) do same(name, h.sent:get(name) ~= nil, true) end`,
  );
});

test.each(["Envoy by HTTP", "Envoy by gRPC"] as const)(
  "the script for %s lets nothing on without a verifier's word, unless nobody was asked",
  (name) => {
    run(
      SCRIPTS[name],
      `for _, auth in ipairs({ "", "somethingNew", "Token" }) do
       local h = handle({ ["x-latchkey-auth"] = auth })
       envoy_on_request(h)
       same("answer to " .. auth, h.answered, "503")
     end
     local none = handle({})
     envoy_on_request(none)
     same("answer to none", none.answered, "503")
     local browser = handle({ cookie = "c", ["set-cookie"] = "s" }, { latchkey = "not asked" })
     envoy_on_request(browser)
     envoy_on_response(browser)
     same("answer to a browser", browser.answered, nil)
     same("its session", browser.sent:get("cookie") .. browser.sent:get("set-cookie"), "cs")`,
    );
  },
);

test("the script for Istio keeps its hands off hosts that are not asked about", () => {
  run(
    SCRIPTS.Istio,
    `local h = handle({ cookie = "c", authorization = "", ["set-cookie"] = "s" })
     envoy_on_request(h)
     envoy_on_response(h)
     same("all", h.sent:get("cookie") .. h.sent:get("authorization") .. h.sent:get("set-cookie"), "cs")
     same("answered", h.answered, nil)`,
  );
});

test("the script for Istio refuses an upgrade on hosts that are asked about, and leaves the others theirs", () => {
  run(
    SCRIPTS.Istio,
    `for _, auth in ipairs({ "token", "password", "none" }) do
       local h = handle({ ["x-latchkey-auth"] = auth, upgrade = "websocket" })
       envoy_on_request(h)
       same("answer to " .. auth, h.answered, "403")
     end
     local browser = handle({ upgrade = "websocket" })
     envoy_on_request(browser)
     same("answer to a browser", browser.answered, nil)`,
  );
});

test("what Istio is told to send and to take is what Envoy's own configuration says", () => {
  const mesh = parse(shipped("istio/mesh.yaml"));
  const { envoyExtAuthzHttp: provider } = mesh.spec.meshConfig.extensionProviders[0];
  const { typed_config: authz } = parse(shipped("envoy/http.yaml")).static_resources.listeners[0].filter_chains[0]
    .filters[0].typed_config.http_filters[1];
  const named = ({ patterns }: { patterns: { exact?: string; prefix?: string }[] }) =>
    patterns.map(({ exact, prefix }) => exact ?? `${prefix}*`);
  const { path_prefix, authorization_request, authorization_response, server_uri } = authz.http_service;
  expect(provider.includeRequestHeadersInCheck).toEqual(["authorization", ...named(authz.allowed_headers)]);
  expect(provider.headersToUpstreamOnAllow).toEqual(named(authorization_response.allowed_upstream_headers));
  expect(provider.headersToDownstreamOnDeny).toEqual(named(authorization_response.allowed_client_headers));
  expect([provider.pathPrefix, provider.timeout, provider.failOpen]).toEqual([path_prefix, server_uri.timeout, false]);
  expect(Object.entries(provider.includeAdditionalHeadersInCheck)).toEqual([
    ...authorization_request.headers_to_add.map(({ key, value }: { key: string; value: string }) => [key, value]),
  ]);
});

test("both configurations of Envoy differ in how they ask, and in nothing else", () => {
  const without = (file: string) => {
    const { static_resources: all } = parse(shipped(file));
    const [manager] = all.listeners[0].filter_chains[0].filters;
    manager.typed_config.http_filters.splice(1, 1);
    return { listeners: all.listeners, jira: all.clusters[0] };
  };
  expect(without("envoy/grpc.yaml")).toEqual(without("envoy/http.yaml"));
});
