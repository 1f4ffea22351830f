import { z } from "zod";
import { id, name, slug, version } from "#lib/fields";
import { exceptions, pathFilter, pathPatterns, readPacks } from "./requests-schema";
import { routes } from "./route-schema";

const rule = z.enum(["allow", "observe", "block"], "A rule is allow, observe or block.");
const rules = z
  .strictObject({ password: rule, foreignBearer: rule, oauth1: rule, otherScheme: rule, none: rule })
  .exactPartial();

/** Headers that mean something else already, to clients, gateways, upstreams or us: a token there would be that too. */
const TAKEN = [
  /^(authorization|proxy(-.*)?|cookie|set-cookie|www-authenticate|authentication-info)$/i,
  /^(host|connection|keep-alive|upgrade.*|http2-settings|te|trailer|transfer-encoding|via|max-forwards|expect|date|from)$/i,
  /^(content-.*|accept.*|range|if-.*|cache-control|pragma|priority|user-agent|origin|referer|sec-.*|access-control-.*)$/i,
  /^(x-forwarded-.*|x-original-.*|x-rewrite-.*|x-real-.*|x-envoy-.*|x-latchkey-.*|forwarded)$/i,
  /^(x-http-method(-override)?|x-method-override)$/i,
  /^(traceparent|tracestate|baggage|b3|x-b3-.*|x-(request|correlation|amzn-trace)-id)$/i,
  /^(x-requested-with|x-atlassian-token|x-(csrf|xsrf)-token|last-event-id|dav|depth|destination|overwrite|lock-token|timeout)$/i,
];

const headerName = z
  .string("Write the name of a header, or null.")
  .regex(/^[A-Za-z0-9-]{1,64}$/, "Write the name of a header: letters, digits and hyphens.")
  .refine(
    (text) => !TAKEN.some((pattern) => pattern.test(text)),
    "This header has another meaning. Use one like X-Api-Token.",
  );

const queryName = z
  .string("Write the name of a parameter, or null.")
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, "Write the name of a parameter: letters, digits, dot, underscore, hyphen.")
  .refine(
    (text) => !/^(os_|oauth_|_method$|x-http-method|x-method-override)/i.test(text),
    "This parameter has another meaning. Use one like api_key.",
  );

const credentials = z
  .strictObject({ basic: z.boolean(), bearer: z.boolean(), header: headerName.nullable(), query: queryName.nullable() })
  .exactPartial();

const usernames = z.strictObject({ aliases: z.boolean(), empty: z.boolean() }).exactPartial();

const fields = {
  name: name(100),
  kind: z.enum(["jira", "confluence", "bitbucket", "generic"], "A kind is jira, confluence, bitbucket or generic."),
  routes,
  rules,
  exceptions,
  identity: z.enum(["none", "passthrough", "header", "jwt"], "Identity is none, passthrough, header or jwt."),
  credentials,
  usernames,
  paths: pathPatterns,
  readPacks,
  pathFilter,
  webSocket: z.boolean("Say true or false."),
  preflight: z.boolean("Say true or false."),
  introspectRestricted: z.boolean("Say true or false."),
};

const { name: nameField, kind, routes: routesField, ...optional } = fields;

/** What makes an application. What is left out has the presets of its kind and identity (rules.ts). */
export const createApplicationInput = z.strictObject({
  key: slug,
  name: nameField,
  kind,
  routes: routesField,
  ...z.strictObject(optional).exactPartial().shape,
});

/** An edit: only what changes, and the version that was read. The key never changes. */
export const editApplicationInput = z.strictObject({ id, version, ...z.strictObject(fields).exactPartial().shape });

export type EditApplicationInput = z.output<typeof editApplicationInput>;
