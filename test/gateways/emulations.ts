import { BROKEN, FRAGMENTS, type GatewaySpec } from "./table";

const plain = { refuses: [], spells: {}, merges: {}, told: null } as const;

/** Some tell the verifier of named headers alone, and so of no upgrade and no cookies. */
const named = { preflight: "withoutCookie", webSocket: "noWebSocket", conditions: "namedHeaders" } as const;

/** Gateways that cannot be run here: emulations obey the shipped files as the program's documentation says. */
export const EMULATIONS: readonly GatewaySpec[] = [
  {
    ...{ ...plain, name: "Envoy by HTTP", key: "envoy", adapter: "envoy", version: "v3 API" },
    ...{ hopByHop: true, refuses: FRAGMENTS },
    instead: { ...named, undecided: "undecidedWordless", absent: "absentWordless" },
    note: "A verifier that cannot decide is to Envoy like one that is away.",
  },
  {
    ...{ ...plain, name: "Envoy by gRPC", key: "envoygrpc", adapter: "envoy", grpc: true, version: "v3 API" },
    ...{ hopByHop: true, refuses: FRAGMENTS, instead: { absent: "absentWordless", webSocket: "noWebSocket" } },
    note: "The verifier hears of every header.",
  },
  {
    ...{ ...plain, name: "Istio", key: "istio", adapter: "envoy", version: "v1" },
    ...{ hopByHop: true, refuses: [...FRAGMENTS, "/a%00b"] },
    instead: { ...named, undecided: "undecidedWordless", absent: "absentWordless" },
    spells: {
      ...{ "/rest/./api": "/rest/api", "/rest/../secure": "/secure", "/rest/%2e%2e/secure": "/secure", "/..": "/" },
      ...{ "/x%2ejspa": "/x.jspa", "/%72est/api": "/rest/api", "/a\\b": "/a/b" },
    },
    note: "It resolves dots and writes `\\` as `/` before it asks. A script tells its policy on which names that browsers use too there is no credential; every other host is asked about wholly. The scripts run as they are.",
  },
  {
    ...{ ...plain, name: "Traefik", key: "traefik", adapter: "forward", version: "v3" },
    instead: { ...named, absent: "absentAs500", elsewhere: "otherCase", observed: "bare" },
    refuses: ["/a%2Fb", "/a%2fb", "/a%5Cb", "/a%00b", ...BROKEN],
    spells: {
      ...{ "//": "/", "//rest//api": "/rest/api", "/rest//api": "/rest/api", "/rest/./api": "/rest/api", "/..": "/" },
      ...{ "/rest/../secure": "/secure", "/rest/%2e%2e/secure": "/secure", "/x%2ejspa": "/x.jspa" },
      ...{ "/%72est/api": "/rest/api", "/a\\b": "/a%5Cb", "/x#y": "/x%23y" },
    },
    note: "It resolves dots and double slashes before it asks. A browser's request to the API host loses its session too.",
  },
  {
    ...{ ...plain, name: "ingress-nginx", key: "ingress", adapter: "nginx", version: "controller v1" },
    instead: { unreadable: "twoLines" },
    refuses: ["/..", "/a%00b", ...BROKEN],
    note: "A real nginx runs nginx's own files between the lines that the controller's template writes; its Lua is not run.",
  },
  {
    ...{ ...plain, name: "Apache APISIX", key: "apisix", adapter: "forward", version: "3.x" },
    ...{ apiHostOnly: true, refuses: ["/..", "/a%00b", ...BROKEN] },
    instead: {
      ...{ ...named, unreadable: "firstOfTwo", absent: "absentWordless", observed: "bare" },
      ...{ main: "unknownHost", both: "unknownHost" },
    },
    note: "A browser's request to the API host loses its session too.",
  },
  {
    ...{ ...plain, name: "Kong", key: "kong", adapter: "forward", version: "3.x" },
    instead: { unreadable: "twoLines" },
    refuses: ["/..", "/a%00b", ...BROKEN],
    spells: {
      ...{ "//": "/", "//rest//api": "/rest/api", "/rest//api": "/rest/api", "/rest/./api": "/rest/api" },
      ...{ "/rest/../secure": "/secure", "/rest/%2e%2e/secure": "/secure", "/x%2ejspa": "/x.jspa" },
      ...{ "/%72est/api": "/rest/api", "/%c3%84": "/%C3%84", "/a%2fb": "/a%2Fb", "/a%0d%0ab": "/a%0D%0Ab" },
      ...{ "/a\\b": "/a%5Cb", "/x?q=a#f": "/x?q=a" },
    },
    note: "It resolves dots, double slashes and escapes before it asks. Its plugin runs a function in Lua, which the tests run as it is.",
  },
];
