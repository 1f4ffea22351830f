import { describe, expect, it } from "vitest";
import { judgeAddress } from "./judge-address";
import { judgeBrowser } from "./judge-browser";
import { judgePort } from "./judge-port";
import { judgeRead, judgeWrite } from "./judge-token";
import type { Answered, Reply, Silence, ToldRefusal, Trace } from "./reply";
import { silenceWords } from "./reply";

const ORIGIN = "https://jira.corp";
const came = (status: number, some: Partial<Answered> = {}): Reply => ({
  ...{ kind: "answered", status, requestId: null, user: null, from: "10.0.0.9" },
  ...some,
});
const silent = (why: Silence, code = ""): Reply => ({ kind: "silent", why, code });
const told = (reason: string): ToldRefusal => ({
  ...{ reason, method: "GET", application: "jira", address: "10.0.0.9" },
});
const trace = (some: Partial<Trace> = {}): Trace => ({ allowed: 0, address: null, refusal: null, ...some });

describe("a browser", () => {
  const judge = (reply: Reply, refusal: ToldRefusal | null = null, rule: "allow" | "observe" | "block" = "observe") =>
    judgeBrowser({ reply, refusal, rule, origin: ORIGIN });

  it("passes when the application answers, whatever it answers", () => {
    for (const status of [200, 302, 401, 403, 404]) expect(judge(came(status)).outcome, `${status}`).toBe("passed");
  });

  it("does not when we refuse it, and the reason is told with its remedy", () => {
    const refused = judge(came(403), told("application_unknown"));
    expect(refused).toMatchObject({ outcome: "failed", sentence: expect.stringContaining("Add the route") });
  });

  it("does not when the gateway reaches nobody", () => {
    expect(judge(came(502)).outcome).toBe("failed");
    expect(judge(came(503), null, "block").outcome).toBe("failed");
  });

  it("is refused by us where the rule blocks it: a verifier must have told so", () => {
    expect(judge(came(401), told("credential_missing"), "block").outcome).toBe("passed");
    expect(judge(came(401), null, "block").outcome).toBe("unknown");
    expect(judge(came(403), told("address_refused"), "block").outcome).toBe("failed");
    expect(judge(came(200), null, "block")).toMatchObject({
      outcome: "failed",
      sentence: expect.stringContaining("API host"),
    });
  });

  it("finds a dead gateway wanting, and blames nobody for what could not be asked", () => {
    for (const why of ["closed", "timeout", "unreachable"] as const) expect(judge(silent(why)).outcome).toBe("failed");
    for (const why of ["unresolved", "kept-out", "own", "certificate", "unreadable"] as const) {
      expect(judge(silent(why)).outcome, why).toBe("unknown");
    }
  });
});

describe("a read with a token", () => {
  const judge = (reply: Reply, some: Partial<Trace> = {}, silentOnes: string[] = []) =>
    judgeRead({ reply, trace: trace(some) }, ORIGIN, silentOnes);

  it("passes only when a verifier allowed that very token", () => {
    expect(judge(came(200), { allowed: 1 }).outcome).toBe("passed");
    expect(judge(came(404), { allowed: 1 }).outcome).toBe("passed");
    expect(judge(came(200)).outcome).toBe("failed");
  });

  it("says which gateway has not called yet", () => {
    expect(judge(came(200), {}, ["gw1"]).sentence).toContain("gw1 has not called yet");
    expect(judge(came(200)).sentence).not.toContain("has not called yet");
  });

  it("is not ticked when the application itself refuses, or fails", () => {
    expect(judge(came(401), { allowed: 1 }).outcome).toBe("unknown");
    expect(judge(came(502), { allowed: 1 }).outcome).toBe("failed");
    expect(judge(silent("timeout"), { allowed: 1 }).outcome).toBe("failed");
  });

  it("blames the gateway for refusals of the request, and not for those of the person", () => {
    expect(judge(came(403), { refusal: told("path_blocked") }).outcome).toBe("failed");
    for (const reason of ["use_refused", "token_address_refused", "identity_unavailable"]) {
      expect(judge(came(403), { refusal: told(reason) }).outcome, reason).toBe("unknown");
    }
  });
});

describe("a write with a token that may only read", () => {
  const judge = (reply: Reply, some: Partial<Trace> = {}) =>
    judgeWrite({ reply, trace: trace({ allowed: 1, ...some }) }, ORIGIN, 1);

  it("is refused when a verifier refused it, and 403 came", () => {
    expect(judge(came(403), { refusal: told("write_refused") }).outcome).toBe("passed");
  });

  it("is let through when a verifier allowed once more, or when its refusal does not come back", () => {
    expect(judge(came(204), { allowed: 2 }).outcome).toBe("failed");
    expect(judge(came(204), { refusal: told("write_refused") }).outcome).toBe("failed");
    // A read that was told late is no write that was allowed.
    expect(judge(came(403), { allowed: 2, refusal: told("write_refused") }).outcome).toBe("passed");
  });

  it("is not ticked for a 403 that may be anybody's, nor for another reason, nor for silence", () => {
    expect(judge(came(403)).outcome).toBe("unknown");
    expect(judge(came(403), { refusal: told("path_blocked") }).outcome).toBe("unknown");
    expect(judge(silent("timeout"), { refusal: told("write_refused") }).outcome).toBe("unknown");
  });
});

describe("the address that the gateway tells", () => {
  const seen = { told: "10.0.0.9", toldOfForged: "10.0.0.9", forged: "192.0.2.199", from: "10.0.0.9" };

  it("is right when it is the one from which was asked", () => {
    expect(judgeAddress(seen).outcome).toBe("passed");
  });

  it("is wrong when what a client says of itself is believed", () => {
    expect(judgeAddress({ ...seen, toldOfForged: seen.forged }).outcome).toBe("failed");
    expect(judgeAddress({ ...seen, told: seen.forged }).outcome).toBe("failed");
  });

  it("is for people to know when it is another one", () => {
    const other = judgeAddress({ ...seen, told: "198.51.100.7", toldOfForged: "198.51.100.7" });
    expect(other).toMatchObject({ outcome: "unknown", sentence: expect.stringContaining("198.51.100.7, is that it?") });
    expect(judgeAddress({ ...seen, told: null, toldOfForged: null }).outcome).toBe("unknown");
  });
});

describe("the application's own port", () => {
  const WHERE = "10.0.0.5:8080";

  it("is closed when it refuses, or does not answer, seen from this machine", () => {
    for (const why of ["closed", "timeout", "unreachable"] as const) {
      const shut = judgePort({ kind: "shut", here: false, why }, WHERE);
      expect(shut).toMatchObject({ outcome: "passed", sentence: expect.stringContaining("seen from this machine") });
    }
  });

  it("is open when it accepts", () => {
    expect(judgePort({ kind: "open", here: false }, WHERE)).toMatchObject({
      outcome: "failed",
      sentence: expect.stringContaining("is open"),
    });
  });

  it("says nothing about others when it is a port of this very machine", () => {
    expect(judgePort({ kind: "open", here: true }, WHERE).outcome).toBe("unknown");
    expect(judgePort({ kind: "shut", here: true, why: "closed" }, WHERE).outcome).toBe("unknown");
  });

  it("is not asked where nobody said where, nor where it may not be asked", () => {
    expect(judgePort(null, null).outcome).toBe("unknown");
    expect(judgePort({ kind: "not-asked", why: "own" }, WHERE).sentence).toContain("Latchkey itself");
    expect(judgePort({ kind: "not-asked", why: "kept-out" }, WHERE).sentence).toContain("nothing is ever asked");
  });
});

describe("a certificate that is not believed", () => {
  const words = (code: string) => {
    const reply = silent("certificate", code);
    return reply.kind === "silent" ? silenceWords(reply, ORIGIN) : "";
  };

  it("is told by its code, and by nothing that the other side wrote", () => {
    expect(words("SELF_SIGNED_CERT_IN_CHAIN")).toContain("(SELF_SIGNED_CERT_IN_CHAIN)");
    expect(words("<b>click</b>")).not.toContain("click");
  });
});
