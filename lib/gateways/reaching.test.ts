import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import type { Reach } from "./reach";
import * as reaching from "./reaching";
import { readShipped, readShippedEnvoy, readShippedForward } from "./store-shipped";

const nginx = await readShipped();
const forward = await readShippedForward();
const envoy = await readShippedEnvoy();

const CLEAR: Reach = { address: "10.0.0.5:4001", by: "clear" };
const SOCKET: Reach = { address: "unix:/run/latchkey/verifier.sock", by: "socket" };
const TLS: Reach = { ...CLEAR, by: "tls" };
const MUTUAL: Reach = { ...CLEAR, by: "mutual" };

const FILES: Readonly<Record<string, readonly [string, (text: string, reach: Reach) => string]>> = {
  "nginx, http": [nginx.http, reaching.nginxHttpReaching],
  "nginx, server": [nginx.server, reaching.nginxServerReaching],
  Caddy: [forward.caddy, reaching.caddyReaching],
  "HAProxy, Lua": [forward.haproxyLua, reaching.haproxyLuaReaching],
  HAProxy: [forward.haproxy, reaching.haproxyReaching],
  "Apache, Lua": [forward.apacheLua, reaching.apacheLuaReaching],
  Traefik: [forward.traefik, reaching.traefikReaching],
  "APISIX, start": [forward.apisixStart, reaching.openrestyStartReaching],
  APISIX: [forward.apisix, reaching.apisixReaching],
  "Kong, start": [forward.kongStart, reaching.openrestyStartReaching],
  Kong: [forward.kong, reaching.kongReaching],
  "Envoy, HTTP": [envoy.http, (text, reach) => reaching.envoyReaching(text, reach, 3001)],
  "Envoy, gRPC": [envoy.grpc, (text, reach) => reaching.envoyReaching(text, reach, 3003)],
  Istio: [envoy.istio, reaching.istioReaching],
};
const made = (name: string, reach: Reach): string => {
  const [text = "", way] = FILES[name] ?? [];
  return way?.(text, reach) ?? "";
};
/** The lines that count, of which the shipped file has none like them. */
function added(name: string, reach: Reach): string[] {
  const [shipped = ""] = FILES[name] ?? [];
  const before = new Set(shipped.split("\n"));
  return made(name, reach)
    .split("\n")
    .filter((line) => !before.has(line))
    .map((line) => line.trim());
}

test("a verifier in clear changes its address and nothing else", () => {
  for (const name of Object.keys(FILES)) expect(added(name, CLEAR).join("\n")).not.toMatch(/ssl|tls|pem|socket =/i);
  expect(added("nginx, http", CLEAR)).toEqual(["server 10.0.0.5:4001;"]);
  expect(added("Caddy", CLEAR)).toEqual(["forward_auth 10.0.0.5:4001 {"]);
  expect([added("nginx, server", CLEAR), added("HAProxy", CLEAR), added("Istio", CLEAR)]).toEqual([[], [], []]);
});

test("a socket is written as each program writes one", () => {
  expect(added("nginx, http", SOCKET)).toEqual(["server unix:/run/latchkey/verifier.sock;"]);
  expect(added("Caddy", SOCKET)).toEqual(["forward_auth unix//run/latchkey/verifier.sock {"]);
  expect(added("HAProxy, Lua", SOCKET)).toContain('local THROUGH = "unix@/run/latchkey/verifier.sock"');
  expect(added("Apache, Lua", SOCKET)).toContain('local SOCKET = "/run/latchkey/verifier.sock"');
  for (const name of ["HAProxy, Lua", "Apache, Lua"])
    expect(made(name, SOCKET)).toContain('"http://latchkey-verifier/v1/authz/forward/gw1"');
});

test("every program verifies the certificate of a verifier with TLS, and shows its own to one that asks for it", () => {
  const verifies = /verify +on|tls_trusted_ca_certs|verify required ca-file|cafile =|ca: \/|trusted_ca|caCertificates/;
  const shows = /ssl_certificate_key|tls_client_auth|default-server crt|SECURE\.key|key: \/|private_key|privateKey/;
  for (const name of Object.keys(FILES)) {
    if (["nginx, http", "HAProxy, Lua"].includes(name) || /^(?:APISIX|Kong)/.test(name)) continue;
    expect([name, added(name, TLS).join("\n")]).toEqual([name, expect.stringMatching(verifies)]);
    expect([name, added(name, TLS).join("\n")]).toEqual([name, expect.not.stringMatching(shows)]);
    expect([name, added(name, MUTUAL).join("\n")]).toEqual([name, expect.stringMatching(verifies)]);
    expect([name, added(name, MUTUAL).join("\n")]).toEqual([name, expect.stringMatching(shows)]);
  }
  expect(made("nginx, server", TLS)).toContain("proxy_pass https://latchkey-verifier/");
  expect(added("HAProxy, Lua", TLS)).toContain('local THROUGH = "abns@latchkey-verifier"');
  expect(added("HAProxy", TLS)).toContain("server verifier 10.0.0.5:4001  # EDIT");
});

test("APISIX verifies by a name in the address, and by whom its start names", () => {
  const [{ plugins }] = parse(made("APISIX", TLS)).plugin_configs;
  expect(plugins["forward-auth"].uri).toBe("https://verifier.example.com:4001/v1/authz/forward/gw1");
  expect(plugins["forward-auth"].ssl_verify).toBeUndefined();
  expect(parse(made("APISIX, start", TLS)).apisix.ssl.ssl_trusted_certificate).toBe("/etc/latchkey/verifier-ca.pem");
  expect(Object.keys(parse(made("APISIX, start", CLEAR)))).toEqual(["nginx_config"]);
});

test("Kong verifies by a name of its own, asks a socket by its path, and its start names who signed", () => {
  const lua = (reach: Reach): string => parse(made("Kong", reach)).services[0].plugins[0].config.access[0];
  const at = 'local VERIFIER = { scheme = "http", host = "10.0.0.5", port = 4001 }';
  expect([lua(CLEAR), lua(TLS)]).toEqual([expect.stringContaining(at), expect.stringContaining(at)]);
  expect(lua(SOCKET)).toContain('local VERIFIER = { host = "unix:/run/latchkey/verifier.sock" }');
  expect(lua(TLS)).toMatch(/^VERIFIER\.scheme = "https"\nVERIFIER\.ssl_server_name = "verifier\.example\.com" /m);
  for (const reach of [CLEAR, SOCKET]) expect(lua(reach)).not.toMatch(/^VERIFIER\./m);
  expect(made("Kong, start", TLS)).toContain("\nlua_ssl_trusted_certificate = system,/etc/latchkey/verifier-ca.pem\n");
  expect(made("Kong, start", SOCKET)).toBe(forward.kongStart);
});

test("what is YAML is the same document still, with what TLS needs where it belongs", () => {
  const { forwardAuth } = parse(made("Traefik", MUTUAL)).http.middlewares["latchkey-ask"];
  expect(forwardAuth.address).toMatch(/^https:\/\/10\.0\.0\.5:4001\//);
  expect(Object.keys(forwardAuth.tls)).toEqual(["ca", "cert", "key"]);
  for (const name of ["Envoy, HTTP", "Envoy, gRPC"]) {
    const cluster = (reach: Reach) => parse(made(name, reach)).static_resources.clusters[1];
    expect(Object.keys(cluster(TLS))).toEqual([...Object.keys(cluster(CLEAR)), "transport_socket"]);
    const { common_tls_context: context } = cluster(MUTUAL).transport_socket.typed_config;
    expect(context.validation_context.trusted_ca.filename).toBe("/etc/latchkey/verifier-ca.pem");
    expect(context.tls_certificates).toHaveLength(1);
    expect(context.alpn_protocols).toEqual(name === "Envoy, gRPC" ? ["h2"] : undefined);
  }
  const documents = (reach: Reach) => parseAllDocuments(made("Istio", reach)).map((each) => each.toJS());
  const [rule] = documents(MUTUAL).slice(-1);
  expect([rule.kind, rule.spec.trafficPolicy.tls.mode]).toEqual(["DestinationRule", "MUTUAL"]);
  expect(documents(TLS).at(-1).spec.trafficPolicy.tls.mode).toBe("SIMPLE");
  expect(documents(TLS)).toHaveLength(documents(CLEAR).length + 1);
});

test("is refused to be made from a file that has no place for what is filled in", () => {
  expect(() => reaching.caddyReaching("127.0.0.1:3001", TLS)).toThrow("no lines for tls");
  expect(() => reaching.nginxHttpReaching("", CLEAR)).toThrow("no place for");
});
