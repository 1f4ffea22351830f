import { describe, expect, it } from "vitest";
import { fieldWords, simulationOf } from "./simulator-values";

const typed = (fields: Readonly<Record<string, string>>) => {
  const data = new FormData();
  const all = { user: " mara ", action: "create", application: "jira", access: "write", ...fields };
  for (const [name, value] of Object.entries(all)) data.set(name, value);
  return data;
};

describe("what is typed into the simulator", () => {
  it("is asked of today's rules, or of a draft", () => {
    expect(simulationOf(typed({ days: "30", address: "" }), null)).toEqual({
      ...{ user: "mara", action: "create", application: "jira", access: "write", days: 30, address: null, draft: null },
    });
    const draft = { change: "policy.edit" };
    expect(simulationOf(typed({ days: "7", address: " 192.0.2.1 " }), draft)).toMatchObject({
      address: "192.0.2.1",
      draft,
    });
  });

  it("means no end by the tick, or by no days at all", () => {
    expect(simulationOf(typed({ days: "30", endless: "on" }), null)).toMatchObject({ days: null });
    expect(simulationOf(typed({ days: "" }), null)).toMatchObject({ days: null });
  });

  it("leaves the lifetime out of account where a token is only used", () => {
    expect(simulationOf(typed({ action: "use", days: "" }), null)).toMatchObject({ days: 1 });
  });
});

describe("names of fields", () => {
  it("are words, and for what has none what the API calls it", () => {
    expect(["maxLifetimeDays", "ranges", "constructor", ""].map(fieldWords)).toEqual([
      ...["Lifetime", "From where", "constructor", ""],
    ]);
  });
});
