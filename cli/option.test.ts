import { describe, expect, test } from "vitest";
import { ok, type Result } from "#lib/errors/error";
import type { Desk } from "./desk";
import { field, flag, flagOf, JSON_BODY, needed, oneOf, optional, repeated, required, whole } from "./option";
import { type Texts, verb } from "./verb";

const NO_DESK: Desk = {
  run: () => Promise.reject(new Error("nothing is to be run")),
  runOn: () => Promise.reject(new Error("nothing is to be run")),
  ask: () => Promise.reject(new Error("nothing is to be asked")),
  close: async () => undefined,
};

const said = (done: Result<object>) => (done.ok ? done.value : `${done.refusal.code}: ${done.refusal.detail}`);

const all = verb({
  about: "",
  options: {
    id: required("ID", ""),
    name: field(optional("N", "")),
    ip: repeated("CIDR", ""),
    trustedHops: optional("N", "", whole),
    access: optional("A", "", oneOf(["read", "write"])),
    override: flag(""),
    json: JSON_BODY,
  },
  run: async (given) => ok(given),
});
const read = async (texts: Texts) => said(await all.act(texts, NO_DESK));

describe("options mean what they say", () => {
  test("each has the type it was declared with, and what was left out is not there", async () => {
    expect(await read({ id: ["7"], name: ["n"] })).toEqual({
      ...{ id: "7", name: "n", ip: [], override: false },
      ...{ trustedHops: undefined, access: undefined, json: undefined },
    });
    expect(
      await read({ id: ["7"], name: [""], ip: ["a", "b"], trustedHops: ["2"], access: ["read"], override: [""] }),
    ).toMatchObject({ name: "", ip: ["a", "b"], trustedHops: 2, access: "read", override: true });
  });

  test("what is needed is named when it is missing", async () => {
    expect(await read({ name: ["n"] })).toBe("malformed: Give --id ID.");
    expect(await read({ id: ["7"] })).toBe("malformed: Give --name N.");
    const several = verb({
      about: "",
      options: { user: needed(repeated("NAME", "")) },
      run: async (given) => ok(given),
    });
    expect(said(await several.act({}, NO_DESK))).toBe("malformed: Give --user NAME.");
  });

  test("a field of the body need not be said beside --json, what finds the subject must", async () => {
    expect(await read({ id: ["7"], json: ["-"] })).toMatchObject({ id: "7", name: undefined });
    expect(await read({ json: ["-"] })).toBe("malformed: Give --id ID.");
  });

  test("what is not repeated is said once", async () => {
    expect(await read({ id: ["7", "8"], name: ["n"] })).toBe("malformed: Give --id once.");
    expect(await read({ id: ["7"], name: ["n"], access: ["read", "write"] })).toBe("malformed: Give --access once.");
  });

  test("other values are refused naming the option as it is typed", async () => {
    const refused = (texts: Texts) => read({ id: ["7"], name: ["n"], ...texts });
    expect(await refused({ access: ["all"] })).toBe("malformed: --access: “all” is none of read, write.");
    for (const text of ["", "-1", "1.5", "0x1", "1e3", "١", "9999999999"]) {
      expect(await refused({ trustedHops: [text] })).toBe(`malformed: --trusted-hops: “${text}” is no whole number.`);
    }
    expect(flagOf("trustedHops")).toBe("--trusted-hops");
  });
});
