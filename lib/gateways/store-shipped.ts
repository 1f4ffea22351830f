import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ShippedEnvoy } from "./envoy-files";
import type { ShippedForward } from "./forward-files";
import type { ShippedIngress } from "./ingress-files";

// The page shows the very files that the tests run, never a second telling. They are not there when portal or command
// line is started elsewhere than in the project: then reading throws.
const shipped = (folder: string, name: string): Promise<string> =>
  readFile(join(process.cwd(), "gateways", folder, name), "utf8");

/** Reads what the project ships for nginx, within ingress-nginx too. */
export async function readShipped(): Promise<ShippedIngress> {
  const [http, server, mainHost, example, key, reasons, toUpstream, values, ingress] = await Promise.all([
    shipped("nginx", "latchkey.conf"),
    shipped("nginx", "server.conf"),
    shipped("nginx", "main-host.conf"),
    shipped("nginx", "example.conf"),
    shipped("nginx", "gateway-key.conf.example"),
    shipped("nginx", "reasons.conf"),
    shipped("nginx", "to-upstream.conf"),
    shipped("ingress-nginx", "values.yaml"),
    shipped("ingress-nginx", "ingress.yaml"),
  ]);
  return { http, server, mainHost, example, key, reasons, toUpstream, values, ingress };
}

/** Reads what it ships for programs that ask by the forward adapter. */
export async function readShippedForward(): Promise<ShippedForward> {
  const [caddy, caddyExample, haproxyLua, haproxy, apacheLua, apache, traefikStart, traefik] = await Promise.all([
    shipped("caddy", "latchkey.caddyfile"),
    shipped("caddy", "example.caddyfile"),
    shipped("haproxy", "latchkey.lua"),
    shipped("haproxy", "latchkey.cfg"),
    shipped("apache", "latchkey.lua"),
    shipped("apache", "latchkey.conf"),
    shipped("traefik", "traefik.yaml"),
    shipped("traefik", "latchkey.yaml"),
  ]);
  const [apisixStart, apisix, kongStart, kong] = await Promise.all([
    shipped("apisix", "config.yaml"),
    shipped("apisix", "apisix.yaml"),
    shipped("kong", "kong.conf"),
    shipped("kong", "kong.yaml"),
  ]);
  const openresty = { apisixStart, apisix, kongStart, kong };
  return { caddy, caddyExample, haproxyLua, haproxy, apacheLua, apache, traefikStart, traefik, ...openresty };
}

/** Reads what it ships for Envoy and Istio. */
export async function readShippedEnvoy(): Promise<ShippedEnvoy> {
  const [http, grpc, istioMesh, istio] = await Promise.all([
    shipped("envoy", "http.yaml"),
    shipped("envoy", "grpc.yaml"),
    shipped("istio", "mesh.yaml"),
    shipped("istio", "latchkey.yaml"),
  ]);
  return { http, grpc, istioMesh, istio };
}
