import { filled } from "./configuration";
import { forEach, inExpression, literally, lower, SHIPPED, type TokenNames, toldNames } from "./token-names";

/**
 * What the shipped configurations need where applications take tokens elsewhere than in `X-Api-Token`: the main host asks
 * about what carries one, the verifier gets the header and is told that it is taken away, and it is. Who tells the verifier
 * headers by name names those of header conditions too. Each takes the names and gives back the file; with the shipped one
 * alone it stays as it is.
 */

const inLower = (names: TokenNames): string[] => toldNames(names).map((name) => name.toLowerCase());
const withCommas = (names: TokenNames): string => lower(names).join(",");
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** nginx: `latchkey.conf`. */
export function nginxHttpNamed(text: string, names: TokenNames): string {
  const variables = lower(names).map((name) => `$http_${name.replaceAll("-", "_")}`);
  return filled(inExpression(text, names), "$http_x_api_token", variables.join(""));
}

/** nginx: `main-host.conf`, and what stands for it in an Ingress; a place where these headers are emptied. */
export const nginxMainHostNamed = (text: string, names: TokenNames): string =>
  forEach(text, /^ +proxy_set_header X-Api-Token .*$/m, names.headers);

/** nginx: `server.conf`. */
export function nginxServerNamed(text: string, names: TokenNames): string {
  const told = filled(text, 'X-Latchkey-Withholds "x-api-token"', `X-Latchkey-Withholds "${withCommas(names)}"`);
  return nginxMainHostNamed(told, names);
}

/** Caddy: `latchkey.caddyfile`. */
export function caddyNamed(text: string, names: TokenNames): string {
  const told = filled(text, "X-Latchkey-Withholds x-api-token", `X-Latchkey-Withholds ${withCommas(names)}`);
  const asks = names.headers.map((name) => `{http.request.header.${name}} != ""`);
  const asked = filled(inExpression(told, names), '{http.request.header.X-Api-Token} != ""', asks.join(" || "));
  return forEach(asked, /^\trequest_header @latchkey_token -X-Api-Token.*$/m, names.headers);
}

/** HAProxy: `latchkey.lua`. */
export const haproxyLuaNamed = (text: string, names: TokenNames): string =>
  filled(text, '{ "x-api-token" }', `{ ${quoted(lower(names))} }`);

/** HAProxy: `haproxy.cfg`. */
export const haproxyNamed = (text: string, names: TokenNames): string =>
  forEach(inExpression(text, names), /^ {2}acl asks req\.hdr\(x-api-token\).*$/m, lower(names));

/** Apache httpd: `latchkey.lua`. */
export function apacheNamed(text: string, names: TokenNames): string {
  const told = filled(text, '{ "X-Api-Token" }', `{ ${quoted(names.headers)} }`);
  return filled(told, '{ "access_token" }', `{ ${quoted([SHIPPED.parameter, ...names.parameters])} }`);
}

const none = (matchers: readonly string[]): string => matchers.map((each) => `!${each}`).join(" && ");

/**
 * Traefik: routers and middlewares. Its rules tell names in the query apart by case: the two that are usual are named, and
 * an expression sends the others back to them.
 */
export function traefikNamed(text: string, names: TokenNames): string {
  const parameters = [SHIPPED.parameter, ...names.parameters.flatMap((name) => [name, name.toUpperCase()])];
  const headers = names.headers.map((name) => `HeaderRegexp(\`${name}\`, \`.\`)`);
  const queries = parameters.map((name) => `QueryRegexp(\`${name}\`, \`.*\`)`);
  const rules = [
    [/!HeaderRegexp\(`X-Api-Token`, `\.`\)/, none(headers)],
    [/(?<!!)HeaderRegexp\(`X-Api-Token`, `\.`\)(?= \|\| Q)/, headers.join(" || ")],
    [/!QueryRegexp\(`access_token`, `\.\*`\)/, none(queries)],
    [/(?<!!)QueryRegexp\(`access_token`, `\.\*`\)(?=\))/, queries.join(" || ")],
    [/(?<=\|)access_token(?=\)=)/, [SHIPPED.parameter, ...names.parameters].map(literally).join("|")],
    ["X-Latchkey-Withholds: x-api-token", `X-Latchkey-Withholds: ${withCommas(names)}`],
  ] as const;
  const told = rules.reduce((all, [what, by]) => filled(all, what, by), text);
  const passed = forEach(told, /^ +- X-Api-Token.*$/m, toldNames(names));
  return forEach(passed, /^ +X-Api-Token: "".*$/m, names.headers);
}

/** Apache APISIX: `apisix.yaml`. It tells and takes away what it is told by name. */
export function apisixNamed(text: string, names: TokenNames): string {
  const told = filled(text, "X-Latchkey-Withholds: x-api-token", `X-Latchkey-Withholds: ${withCommas(names)}`);
  const asked = forEach(told, /^ +- X-Api-Token # EDIT: .*, and each that .*$/m, toldNames(names));
  return forEach(asked, /^ +- X-Api-Token # EDIT: each header in which an application takes tokens$/m, names.headers);
}

/** Kong: `kong.yaml`. */
export function kongNamed(text: string, names: TokenNames): string {
  const told = filled(text, '{ "x-api-token" }', `{ ${quoted(lower(names))} }`);
  return filled(told, '{ "access_token" }', `{ ${quoted([SHIPPED.parameter, ...names.parameters])} }`);
}

/** What the script takes away beside a token. */
const inScript = (text: string, names: TokenNames): string =>
  filled(text, '"cookie", "x-api-token"', `"cookie", ${quoted(lower(names))}`);

/** Envoy, asked by gRPC; the verifier itself names the header that goes. */
export function envoyNamed(text: string, names: TokenNames): string {
  const route = /^ {24}- match: \{ prefix: \/, headers: \[\{ name: x-api-token, .*(?:\n {26}.*)+/m;
  return inScript(forEach(inExpression(text, names), route, lower(names)), names);
}

/** Envoy, asked by HTTP. */
export function envoyHttpNamed(text: string, names: TokenNames): string {
  const told = filled(
    text,
    'x-latchkey-withholds, value: "x-api-token"',
    `x-latchkey-withholds, value: "${withCommas(names)}"`,
  );
  return forEach(envoyNamed(told, names), /^ +- exact: x-api-token$/m, inLower(names));
}

/** Istio: `mesh.yaml`. */
export function istioMeshNamed(text: string, names: TokenNames): string {
  const told = filled(text, "x-latchkey-withholds: x-api-token", `x-latchkey-withholds: ${withCommas(names)}`);
  return forEach(told, /^ +- x-api-token.*$/m, inLower(names));
}

/** Istio: `latchkey.yaml`. */
export function istioNamed(text: string, names: TokenNames): string {
  const asked = filled(text, 'token_headers = { "x-api-token" }', `token_headers = { ${quoted(lower(names))} }`);
  const parameters = quoted([SHIPPED.parameter, ...names.parameters]);
  return inScript(filled(asked, '{ "access_token" }', `{ ${parameters} }`), names);
}
