import { expect, it } from "vitest";
import { tokenView } from "#test/pages";
import { itselfView } from "./itself";

it("a token is told about itself what using it would tell, and nothing about people, places or use", () => {
  const view = tokenView({
    ...{ name: "backup", description: "SECRET-PURPOSE", contact: "SECRET-CONTACT", labels: ["SECRET-LABEL"] },
    ...{ ipRanges: ["192.0.2.0/24"], lastUsedIp: "192.0.2.9", createdBy: "SECRET-MAKER" },
  });
  const shown = itselfView(view, true);
  expect(Object.keys(shown).sort()).toEqual([
    ...["access", "applications", "createdAt", "expiresAt", "hint", "id", "mayRotate"],
    ...["name", "overlapEndsAt", "owner", "status"],
  ]);
  expect(shown).toMatchObject({ name: "backup", owner: { username: view.owner.username }, mayRotate: true });
  expect(JSON.stringify(shown)).not.toMatch(/SECRET|192\.0\.2/);
  expect(itselfView(view, false).mayRotate).toBe(false);
});
