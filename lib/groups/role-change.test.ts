import { describe, expect, it } from "vitest";
import { roleChange } from "./role-change";

const NOBODY = { user: 0, auditor: 0, admin: 0 };

describe("what a mapping means", () => {
  it("is said as how many people become what", () => {
    expect(roleChange({ ...NOBODY, user: 12 }, "user", "admin")).toBe("12 people become administrators.");
    expect(roleChange({ ...NOBODY, user: 1 }, "user", "auditor")).toBe("1 person becomes an auditor.");
    expect(roleChange({ ...NOBODY, user: 1, auditor: 2 }, "admin", "user")).toBe(
      "2 people become auditors, 1 person becomes a plain user.",
    );
  });

  it("leaves out who has as much by another group", () => {
    expect(roleChange({ user: 3, auditor: 2, admin: 5 }, "user", "admin")).toBe("5 people become administrators.");
    expect(roleChange({ user: 0, auditor: 2, admin: 5 }, "user", "auditor")).toBe("Nobody’s role changes now.");
    expect(roleChange({ user: 3, auditor: 2, admin: 5 }, "admin", "admin")).toBe("Nobody’s role changes now.");
  });
});
