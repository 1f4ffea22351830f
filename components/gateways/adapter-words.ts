import type { GatewayView } from "#lib/gateways/view";

const ADAPTERS: Record<GatewayView["adapter"], string> = {
  nginx: "nginx, ingress-nginx",
  forward: "Caddy, HAProxy, Apache, Traefik, APISIX, Kong",
  envoy: "Envoy, Istio",
  api: "An application of our own (POST /v1/verify, introspection)",
};

/** A protocol as people say it. */
export const adapterWords = (adapter: GatewayView["adapter"]): string => ADAPTERS[adapter];
