import { expect, test } from "vitest";
import { parse } from "yaml";
import { run, SCRIPTS, shipped } from "./envoy-lua";

/** Runs a script and then Lua of the test; what that finds wrong fails it. */
function holds(script: string, checks: string): void {
  expect(script).toContain("envoy_on_request");
  expect(run(script, checks)).toEqual([]);
}

const BESIDE = ["cookie", "x-api-token", "x-http-method-override", "x-http-method", "x-method-override"];
const besides = BESIDE.map((name) => `["${name}"] = "x"`).join(", ");

test.each(Object.entries(SCRIPTS))(
  "the script for %s takes away what must not stand beside a token, and its session",
  (_name, script) => {
    holds(
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
  holds(
    script,
    `local h = handle({ ["x-latchkey-auth"] = "password", authorization = "Basic x", ["set-cookie"] = "s", ${besides} })
     envoy_on_request(h)
     envoy_on_response(h)
     same("answered", h.answered, nil)
     same("authorization", h.sent:get("authorization"), "Basic x")
     for _, name in ipairs({ "cookie", "x-api-token", "set-cookie" }) do same(name, h.sent:get(name) ~= nil, true) end`,
  );
});

test.each(Object.entries(SCRIPTS))("the script for %s lets no cookie pass beside a CORS preflight", (_name, script) => {
  holds(
    script,
    `local function cookie(auth, method, asks)
       local h = handle({ ["x-latchkey-auth"] = auth, [":method"] = method, cookie = "c", origin = "x", ["access-control-request-method"] = asks })
       envoy_on_request(h)
       same("answered", h.answered, nil)
       same("origin", h.sent:get("origin"), "x")
       return h.sent:get("cookie")
     end
     same("beside a preflight", cookie("none", "OPTIONS", "PUT"), nil)
     same("beside OPTIONS", cookie("none", "OPTIONS", nil), "c")
     same("beside GET", cookie("none", "GET", "PUT"), "c")
     same("beside a password", cookie("password", "OPTIONS", "PUT"), "c")`,
  );
});

test.each(["Envoy by HTTP", "Envoy by gRPC"] as const)(
  "the script for %s lets nothing on without a verifier's word, unless nobody was asked",
  (name) => {
    holds(
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

test("the script for Istio lets on without a verifier's word only what comes to a site that it names", () => {
  const browser = '{ [":authority"] = host, cookie = "c", authorization = "", ["set-cookie"] = "s" }';
  const checks = `local function comes(host)
       local h = handle(${browser})
       envoy_on_request(h)
       envoy_on_response(h)
       return h
     end
     for _, host in ipairs({ "jira.corp", "shop.corp.", "x.shop.corp", "shop.corp:x", "shop.corp:443:443", "shop.corp@jira.corp", "" }) do
       same("answer at " .. host, comes(host).answered, "503")
     end`;
  holds(SCRIPTS.Istio, checks);
  holds(SCRIPTS.Istio, `${checks} same("answer at shop.corp", comes("shop.corp").answered, "503")`);
  const listed = SCRIPTS.Istio.replace("local unasked = {}", 'local unasked = { ["shop.corp"] = true }');
  holds(
    listed,
    `${checks}
     for _, host in ipairs({ "shop.corp", "shop.corp:443", "SHOP.Corp" }) do
       local h = comes(host)
       same("answer at " .. host, h.answered, nil)
       same("all", h.sent:get("cookie") .. h.sent:get("authorization") .. h.sent:get("set-cookie"), "cs")
     end
     for _, auth in ipairs({ "", "somethingNew" }) do
       local h = handle({ [":authority"] = "shop.corp", ["x-latchkey-auth"] = auth })
       envoy_on_request(h)
       same("answer to " .. auth, h.answered, "503")
     end`,
  );
});

test("the script for Istio lets on without a word what the one before it noted, and takes its header away from all", () => {
  const comes = (headers: string, noted: string) =>
    `(function() local h = handle({ [":authority"] = "jira.corp", ["x-latchkey-asks"] = "no"${headers} }) ${noted} envoy_on_request(h) return h end)()`;
  const note = (value: string) => `h.noted:set("latchkey", "asks", "${value}")`;
  holds(
    SCRIPTS.Istio,
    `local browser = ${comes(', cookie = "c", upgrade = "websocket"', note("no"))}
     same("answer to a browser", browser.answered, nil)
     same("its cookie", browser.sent:get("cookie"), "c")
     same("the header", browser.sent:get("x-latchkey-asks"), nil)
     same("answer to a claim", ${comes("", "")}.answered, "503")
     same("answer to another note", ${comes("", note("yes"))}.answered, "503")
     same("answer to a word that nobody knows", ${comes(', ["x-latchkey-auth"] = "x"', note("no"))}.answered, "503")
     local asked = ${comes(', ["x-latchkey-auth"] = "none"', "")}
     same("answer to who was asked about", asked.answered, nil)
     same("the header", asked.sent:get("x-latchkey-asks"), nil)`,
  );
});

test("the script for Istio refuses an upgrade on hosts that are asked about", () => {
  holds(
    SCRIPTS.Istio,
    `for _, auth in ipairs({ "token", "password", "none" }) do
       local h = handle({ ["x-latchkey-auth"] = auth, upgrade = "websocket" })
       envoy_on_request(h)
       same("answer to " .. auth, h.answered, "403")
     end`,
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
