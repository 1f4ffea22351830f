import { describe, expect, test } from "vitest";
import type { IdentityMode } from "#lib/applications/application";
import type { GatewayAdapter } from "#lib/gateways/gateway";
import { delegation, limits, NOON, policy } from "#test/rules";
import { someSigner } from "#test/signer";
import { tokenFacts } from "#test/token-facts";
import {
  application,
  bearer,
  decide,
  gateway,
  installation,
  question,
  reasonOf,
  refusalOf,
  request,
} from "#test/verification";
import { explain } from "../explain";

const tier = (some: Parameters<typeof policy>[0]) => ({ policies: [policy(some)] });

describe("the tier", () => {
  test("must grant use", () => {
    expect(refusalOf({ facts: tier({ use: false }) })).toEqual({ reason: "use_refused", rule: "tier Everyone" });
    expect(refusalOf({ facts: { policies: [] } })).toEqual({ reason: "use_refused", rule: "no tier" });
  });

  test("is the owner's of today: a waiver does not give use", () => {
    const waiver = { until: NOON + 1, keeps: { access: "write", applications: "all", ipRanges: [] } } as const;
    expect(reasonOf({ facts: tier({ use: false }), token: { waiver } })).toBe("use_refused");
  });
});

describe("the application", () => {
  test("must be the token's, the grant's and the ceiling's; the refusal names whose it is not", () => {
    expect(refusalOf({ token: { applications: ["wiki"] } })).toEqual({
      reason: "application_refused",
      rule: "the token itself",
    });
    expect(refusalOf({ facts: tier({ own: limits({ applications: ["wiki"] }) }) })).toEqual({
      reason: "application_refused",
      rule: "tier Everyone",
    });
    expect(reasonOf({ facts: tier({ ceiling: { applications: ["wiki"] } }) })).toBe("application_refused");
    expect(reasonOf({ facts: tier({ ceiling: { applications: ["jira"] } }), token: { applications: ["jira"] } })).toBe(
      "allowed",
    );
  });

  test("is never latchkey for a token of all applications", () => {
    const facts = {
      applications: [application({ key: "latchkey" })],
      gateways: [gateway({ applications: ["latchkey"] })],
    };
    expect(reasonOf({ facts, token: { applications: "all" } })).toBe("application_refused");
    expect(reasonOf({ facts, token: { applications: ["latchkey"] } })).toBe("allowed");
  });

  test("is nobody's when the delegation is gone or the tier gives own tokens nothing", () => {
    expect(refusalOf({ token: { grant: { by: "delegation", delegationId: "gone" } } })).toEqual({
      reason: "application_refused",
      rule: "no grant",
    });
    expect(reasonOf({ facts: tier({ own: null, create: "no" }) })).toBe("application_refused");
    const delegations = new Map([["d-integrations", delegation()]]);
    expect(
      reasonOf({ facts: { delegations }, token: { grant: { by: "delegation", delegationId: "d-integrations" } } }),
    ).toBe("allowed");
  });
});

describe("the identity", () => {
  const facts = (identity: IdentityMode) => ({ applications: [application({ identity })] });
  test("cannot be given where the application authenticates everybody itself, or in a way not built yet", () => {
    expect(reasonOf({ facts: facts("passthrough") })).toBe("identity_unavailable");
    expect(reasonOf({ facts: facts("jwt"), signer: null })).toBe("assertion_unavailable");
    expect(reasonOf({ facts: facts("jwt"), signer: someSigner() })).toBe("allowed");
    expect(reasonOf({ facts: facts(JSON.parse('"pat"')) })).toBe("identity_unsupported");
  });

  test("is told as the name in the application, or not at all if a header would change it", () => {
    expect(decide({ facts: facts("header"), owner: { usernames: { jira: "m.silva" } } })).toMatchObject({
      told: true,
      identity: { username: "m.silva" },
    });
    for (const username of ["jörg", "a b", "a%41", "", "a\u0001"])
      expect(refusalOf({ facts: facts("header"), owner: { username } })).toEqual({
        reason: "identity_unrepresentable",
        rule: username,
      });
    expect(reasonOf({ facts: facts("none"), owner: { username: "jörg" } })).toBe("allowed");
  });
});

describe("reading and writing", () => {
  const POST = { method: "POST", target: "/rest/api/2/issue" };
  test("a read token reads, also by POST, and writes nothing", () => {
    expect(reasonOf({ request: { method: "POST", target: "/rest/api/2/search" } })).toBe("allowed");
    expect(refusalOf({ request: POST })).toEqual({ reason: "write_refused", rule: "the token itself" });
  });

  test("the least of token, grant and ceiling decides", () => {
    const token = { access: "write" } as const;
    expect(reasonOf({ request: POST, token })).toBe("allowed");
    expect(refusalOf({ request: POST, token, facts: tier({ own: limits({ access: "read" }) }) }).rule).toBe(
      "tier Everyone",
    );
    expect(reasonOf({ request: POST, token, facts: tier({ ceiling: { access: "read" } }) })).toBe("write_refused");
  });

  test("what a waiver keeps for one application does not write in another", () => {
    const waiver = { until: NOON + 1, keeps: { access: "write", applications: ["wiki"], ipRanges: [] } } as const;
    const facts = tier({ own: limits({ access: "read" }) });
    expect(reasonOf({ request: POST, token: { access: "write", waiver }, facts })).toBe("write_refused");
  });

  test("an upgrade is refused, whatever the protocol and even to a token that may write", () => {
    for (const upgrade of ["websocket", "h2c", ""]) {
      const headers = ["Upgrade", upgrade, ...bearer()];
      expect(reasonOf({ request: { headers }, token: { access: "write" } })).toBe("upgrade_refused");
    }
  });

  describe("where the application allows WebSocket", () => {
    const facts = { applications: [application({ webSocket: true })] };
    const ask = (upgrades: readonly string[], access: "read" | "write", method = "GET") => {
      const headers = [...upgrades.flatMap((each) => ["Upgrade", each]), ...bearer()];
      return reasonOf({ request: { method, headers }, token: { access }, facts });
    };

    test("it is a write, whatever the case of its name", () => {
      for (const name of ["websocket", "WebSocket"]) {
        expect(ask([name], "write")).toBe("allowed");
        expect(ask([name], "read")).toBe("write_refused");
      }
      const request = { headers: ["Upgrade", "websocket", ...bearer()] };
      expect(decide({ request, facts, token: { access: "write" } }).subject.access).toBe("write");
    });

    test("Explain says that behind some gateways none opens all the same, and behind others nothing of it", () => {
      const never =
        "Behind Envoy, Istio, Traefik and APISIX no token opens a WebSocket, whatever the application says.";
      const said = (adapter: GatewayAdapter, webSocket: boolean, upgrade = "websocket") => {
        const some = { applications: [application({ webSocket })], gateways: [gateway({ adapter })] };
        const asked = request({ headers: ["Upgrade", upgrade, ...bearer()] });
        const { steps } = explain(
          installation(some),
          { ...question(asked), adapter, contact: null },
          tokenFacts({ access: "write" }),
          NOON,
        );
        const { outcome, detail, remedy } = steps.find(({ step }) => step === 16) ?? {};
        return [outcome, `${detail} ${remedy}`.includes(never)];
      };
      for (const adapter of ["forward", "envoy"] as const) {
        expect(said(adapter, true)).toEqual(["passed", true]);
        expect(said(adapter, false)).toEqual(["failed", true]);
        expect(said(adapter, true, "h2c")).toEqual(["failed", false]);
      }
      for (const adapter of ["nginx", "api"] as const) {
        expect(said(adapter, true)).toEqual(["passed", false]);
        expect(said(adapter, false)).toEqual(["failed", false]);
      }
    });

    test("nothing else may be asked for, nor beside it, nor by another method", () => {
      for (const upgrades of [["h2c"], [""], ["websocket", "h2c"], ["websocket, h2c"], ["websocket", "websocket"]])
        expect(ask(upgrades, "write")).toBe("upgrade_refused");
      expect(ask(["websocket"], "write", "POST")).toBe("upgrade_refused");
    });
  });
});
