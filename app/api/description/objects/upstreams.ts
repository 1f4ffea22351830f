import { z } from "zod";
import type { ApplicationName, ApplicationView } from "#lib/applications/view";
import { GATEWAY_ADAPTERS } from "#lib/gateways/gateway";
import { WITHOUT_WEB_SOCKET } from "#lib/gateways/tells";
import type { GatewayView } from "#lib/gateways/view";
import { OUTCOMES, PROBES, type ProbeRunView } from "#lib/probes/probe";
import { FILTER_MODES, FILTER_RULES } from "#lib/verification/path-filter";
import type { Explained } from "#lib/verification/queries";
import type { PastExplained } from "#lib/verification/queries-past";
import { PACK_NAMES } from "#lib/verification/reads/packs";
import { count, flag, id, maybeText, maybeTime, shape, text, texts, time, version } from "./shape";

const rule = z.enum(["allow", "observe", "block"]);
const exception = z
  .strictObject({ users: texts, paths: texts })
  .describe("What passes although the rule blocks: these users, these paths; where both are named, both must hold.");
const named = {
  id,
  key: text,
  name: text,
  kind: z.enum(["jira", "confluence", "bitbucket", "generic"]),
  createdAt: time,
  version,
};

/** Administrators and auditors see the rules, everybody else what it is called. */
export const APPLICATION = z.union([
  shape<ApplicationView>("Application", {
    ...named,
    routes: z.array(z.strictObject({ host: text, context: text })),
    rules: z.strictObject({ password: rule, foreignBearer: rule, oauth1: rule, otherScheme: rule, none: rule }),
    exceptions: z
      .strictObject({
        ...{
          password: exception,
          foreignBearer: exception,
          oauth1: exception,
          otherScheme: exception,
          none: exception,
        },
      })
      .exactPartial(),
    identity: z.enum(["none", "passthrough", "header", "jwt"]),
    credentials: z.strictObject({ basic: flag, bearer: flag, header: maybeText, query: maybeText }),
    usernames: z.strictObject({ aliases: flag, empty: flag }),
    paths: texts,
    readPacks: z.array(z.enum(PACK_NAMES)),
    pathFilter: z
      .partialRecord(z.enum(FILTER_RULES), z.enum(FILTER_MODES))
      .describe("Filter rules that differ from their presets (docs/verification.md)."),
    webSocket: flag.describe(`A token that may write may open a WebSocket; behind ${WITHOUT_WEB_SOCKET} none does.`),
    preflight: flag.describe("CORS preflights pass although `none` is blocked."),
    introspectRestricted: flag,
  }),
  shape<ApplicationName>("ApplicationName", named),
]);

const gateway = {
  id,
  key: text,
  adapter: z.enum(GATEWAY_ADAPTERS),
  applications: texts,
  peers: texts.describe("From where it may ask (CIDR); empty is from this machine only."),
  trustedHops: count,
  trustedRanges: texts,
  lastContactAt: maybeTime,
  previousUntil: maybeTime.describe("Until when the secret before this one is accepted."),
  createdAt: time,
  version,
};
export const GATEWAY = shape<GatewayView>("Gateway", gateway);
export const GATEWAY_WITH_SECRET = shape<GatewayView & { readonly secret: string }>("GatewayWithSecret", {
  ...gateway,
  secret: text.describe("Shown this once."),
});

const step = z.strictObject({
  ...{ step: count, name: text, outcome: z.enum(["passed", "failed", "skipped"]) },
  ...{ detail: text, rule: maybeText, remedy: maybeText },
});

export const EXPLAINED = shape<Omit<Explained, "reason"> & { readonly reason: string }>("Explanation", {
  allowed: flag,
  status: count,
  reason: text.describe("A code of the catalogue of reasons."),
  steps: z.array(step),
  about: z.strictObject({ gateway: maybeText, application: maybeText, tokenId: maybeText }),
});

const judged = z.strictObject({
  ...{ at: time, reason: text, detail: text, remedy: text, rule: maybeText, method: maybeText, path: maybeText },
  ...{ address: maybeText, client: text, gateway: maybeText, application: maybeText, tokenId: id.nullable() },
  ...{ claimedName: maybeText, host: maybeText },
});

export const PAST_EXPLAINED = shape<Omit<PastExplained, "now"> & { readonly now: object | null }>("PastExplanation", {
  judged,
  now: EXPLAINED.nullable().describe("By the facts of now; null where something that is not kept could decide."),
  unjudged: maybeText.describe("Why it cannot be judged again, and what to do; null where it can."),
});

const result = z.strictObject({
  probe: z.enum(PROBES),
  outcome: z.enum(OUTCOMES).describe("`unknown` is whatever was not measured."),
  sentence: text,
});

export const PROBE_RUN = shape<ProbeRunView>("ProbeRun", {
  url: text,
  by: text,
  begunAt: time,
  endedAt: maybeTime,
  results: z.array(result),
});
