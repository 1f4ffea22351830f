import { expect, test } from "vitest";
import type { Explained } from "#lib/verification/queries";
import { failedIn, mendedAt } from "./remedy";

const refusedIn = (step: number, about: Partial<Explained["about"]> = {}): Explained => ({
  allowed: false,
  status: 403,
  reason: "write_refused",
  about: { gateway: "gw1", application: "jira", tokenId: "t1", ...about },
  steps: [
    { step: 1, name: "gateway", outcome: "passed", detail: "", rule: null, remedy: null },
    { step, name: "x", outcome: "failed", detail: "No.", rule: null, remedy: null },
  ],
});
const ADMIN = { gateways: [{ id: "g", key: "gw1" }], applications: [{ id: "a", key: "jira", name: "Jira" }] };
const USER = { gateways: [], applications: [] };

test("a refusal leads to the one place where it is mended", () => {
  expect(mendedAt(refusedIn(1), ADMIN)?.href).toBe("/admin/gateways/g");
  expect(mendedAt(refusedIn(4), ADMIN)?.href).toBe("/admin/applications");
  expect(mendedAt(refusedIn(8), ADMIN)).toEqual({ href: "/admin/applications/a", label: "Rules of Jira" });
  expect(mendedAt(refusedIn(5), ADMIN)?.href).toBe("/admin/settings#limits");
  expect(mendedAt(refusedIn(16), ADMIN)?.href).toBe("/tokens/t1");
  for (const reason of ["upgrade_refused", "identity_unavailable"] as const)
    expect(mendedAt({ ...refusedIn(16), reason }, ADMIN)?.href).toBe("/admin/applications/a");
});

test("who has no role is led to nothing but their token", () => {
  expect([1, 4, 5, 7, 8].map((step) => mendedAt(refusedIn(step), USER))).toEqual([null, null, null, null, null]);
  expect(mendedAt(refusedIn(16), USER)?.href).toBe("/tokens/t1");
  expect(mendedAt(refusedIn(9, { tokenId: null }), USER)).toBeNull();
});

test("the step that refused is the one that failed; a request that passes has none", () => {
  expect(failedIn(refusedIn(16))?.step).toBe(16);
  expect(failedIn({ ...refusedIn(16), allowed: true, steps: [] })).toBeNull();
});
