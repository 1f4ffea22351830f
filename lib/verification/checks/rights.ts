import { mayTellLess, WITHOUT_WEB_SOCKET } from "#lib/gateways/tells";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import { accessOf, waysTo } from "#lib/tokens/rights/way";
import type { Advice } from "../advice";
import type { Case } from "../case";
import { type Check, type Finding, finding } from "../check";
import { isRepresentable, nameIn } from "../identity";
import { methodOverride, withoutMethodOverride } from "../overrides";
import { packsThatRead } from "../pack-advice";
import { valuesOf } from "../request";
import type { Rule } from "../rule";
import { accessNeeded, operationOf } from "./operation";
import { refusedBy } from "./source";

function judgeIdentity(c: Case): Finding | null {
  const { application } = c.known;
  switch (application.identity) {
    case "none":
      return null;
    case "header": {
      const name = nameIn(application, c.facts.owner);
      return isRepresentable(name) ? null : finding("identity_unrepresentable", name);
    }
    case "jwt":
      return c.installation.signer === null ? finding("assertion_unavailable", application.key) : null;
    case "passthrough":
      return finding("identity_unavailable", application.key);
    default:
      return finding("identity_unsupported", application.identity);
  }
}

/** Step 13: the owner's tier grants *use*; token, grant and ceiling allow the application; and it can be told who it is. */
export const rightsCheck: Check = {
  step: 13,
  name: "tier and application",
  judge(c) {
    const { token, owner } = c.facts;
    const { key } = c.known.application;
    const effective = effectiveAccess(token, owner, c.installation.facts, c.now);
    c.learntEffective = effective;
    if (!effective.use) {
      return finding("use_refused", effective.tier === null ? "no tier" : `tier ${effective.tier.policy.name}`);
    }
    c.ways = waysTo(effective.ways, key);
    if (c.ways.length === 0) {
      return finding("application_refused", refusedBy(effective.ways, { application: key }) ?? { kind: "no_grant" });
    }
    return judgeIdentity(c);
  },
  alone: "as ever",
  remark: (c) => {
    const { tier } = c.effective;
    return {
      detail: `The owner may use tokens, and this one is for ${c.known.application.key}.`,
      rule: `tier ${tier?.policy.name ?? ""}`,
    };
  },
};

/** Whether the request asks for a WebSocket and nothing else. Browsers and libraries begin one with GET (RFC 6455 §4.1). */
function asksForWebSocket(c: Case, upgrades: readonly string[]): boolean {
  return upgrades.length === 1 && upgrades[0]?.toLowerCase() === "websocket" && c.request.method === "GET";
}

/** Whose rule it is; and what makes a write of the request, where that is not its method. */
function writeRule(c: Case): Rule | null {
  const whose = refusedBy(c.ways, { access: "write" });
  return whose === null ? null : { ...whose, override: methodOverride(operationOf(c)) };
}

/** Where it would only read, had nothing asked for another method: what to leave out. */
function adviceOnOverride(c: Case): Advice | null {
  const operation = operationOf(c);
  const override = methodOverride(operation);
  if (override === null || accessNeeded(c, c.known.paths, withoutMethodOverride(operation)) === "write") return null;
  return `Without the ${override.kind} ${override.name} it would only read.`;
}

/** Of a WebSocket: that behind some gateways none opens, whatever the application says; null of anything else. */
function unopened(c: Case): Advice | null {
  const isOne = asksForWebSocket(c, valuesOf(c.request.headers, "upgrade"));
  const mayBeThere = mayTellLess(c.gateway.gateway.adapter);
  return isOne && mayBeThere
    ? `Behind ${WITHOUT_WEB_SOCKET} no token opens a WebSocket, whatever the application says.`
    : null;
}

/** Step 16: read or write, against the least access of token, grant and ceiling. */
export const accessCheck: Check = {
  step: 16,
  name: "read or write",
  judge(c) {
    const upgrades = valuesOf(c.request.headers, "upgrade");
    const upgraded = upgrades.length > 0;
    // Behind an upgrade nobody judges anything: it writes, and only WebSocket is something that an application may allow.
    if (upgraded && !(c.known.application.webSocket && asksForWebSocket(c, upgrades))) {
      return finding("upgrade_refused", upgrades.join(", "));
    }
    c.needs = upgraded ? "write" : accessNeeded(c);
    if (c.needs === "read" || accessOf(c.ways) === "write") return null;
    return finding("write_refused", writeRule(c));
  },
  alone: "nothing",
  remark: (c) => {
    if (c.needs === "read") return { detail: "The request only reads." };
    return {
      detail: ["The request writes, and the token may.", unopened(c)].filter((each) => each !== null).join(" "),
    };
  },
  advice(c, { reason }) {
    if (reason === "write_refused") return packsThatRead(c) ?? adviceOnOverride(c);
    return unopened(c);
  },
};
