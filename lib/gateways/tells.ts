import type { GatewayAdapter } from "./gateway";

/** Programs that, as we configure them, tell a verifier only those headers that their configuration names. */
export const TELL_NAMED = "Envoy by HTTP, Istio, Traefik and APISIX";

/** Programs behind which, as we configure them, no token opens a WebSocket. */
export const WITHOUT_WEB_SOCKET = "Envoy, Istio, Traefik and APISIX";

const THEIRS: Readonly<Record<GatewayAdapter, boolean>> = { envoy: true, forward: true, nginx: false, api: false };

/** Whether a gateway may be one of these programs: which one it is, only its administrator knows. */
export const mayTellLess = (adapter: GatewayAdapter): boolean => THEIRS[adapter];
