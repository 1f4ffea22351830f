import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { newSecret } from "#lib/tokens/secret";
import { createInstallation, type TestInstallation } from "#test/installation";
import { NOON } from "#test/rules";
import { deleteView } from "./commands/delete";
import { saveView } from "./commands/save";
import { listViews, ownViews, viewsQuery } from "./queries";
import { MOST_VIEWS } from "./view";
import { saveViewInput } from "./view-schema";

let installation: TestInstallation;
let ann: SessionViewer;
let bob: SessionViewer;
beforeAll(async () => {
  installation = await createInstallation(NOON);
  await installation.person("ann", ["admins"]);
  await installation.person("bob");
  ann = await installation.viewer("ann");
  bob = await installation.viewer("bob");
});
afterAll(() => installation.close());

const save = async (name: string, query: string, viewer = ann) =>
  execute(installation.db, saveView, viewer, { name, query }, NOON);
const idOf = async (name: string) => (await ownViews(ann)).find((view) => view.name === name)?.id ?? "";

describe("a saved view", () => {
  it("is there for whoever saved it, by name, and for nobody else", async () => {
    expect(await save("Zapier", "q=zapier&status=active&status=expiring&column=owner")).toMatchObject({
      value: { output: { name: "Zapier", query: "q=zapier&status=active&status=expiring&column=owner" } },
    });
    await save("all writers", "view=open&sort=-createdAt");
    const listed = await listViews(ann, viewsQuery.parse({}));
    expect(listed).toMatchObject({ value: { items: [{ name: "all writers" }, { name: "Zapier" }], nextCursor: null } });
    expect(await ownViews(bob)).toEqual([]);
    expect(await listViews(operator(), viewsQuery.parse({}))).toMatchObject({ refusal: { code: "forbidden" } });
    const events = await installation.db.auditEvent.findMany({ where: { action: "view.saved" } });
    expect(events.map(({ subjectName }) => subjectName)).toEqual(["Zapier", "all writers"]);
  });

  it("has a name of its own, whatever the case; somebody else may have the same", async () => {
    expect(await save("ZAPIER", "")).toMatchObject({ refusal: { code: "already_exists", errors: [{ path: "name" }] } });
    expect(await save("Zapier", "", bob)).toMatchObject({ ok: true });
  });

  it("saved twice at the same time is there once", async () => {
    const both = await Promise.all([save("twice", "q=a"), save("twice", "q=b")]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it("is forgotten by whoever saved it alone", async () => {
    const id = await idOf("twice");
    const forget = (viewer: SessionViewer) => execute(installation.db, deleteView, viewer, { id }, NOON);
    expect(await forget(bob)).toMatchObject({ refusal: { code: "not_found" } });
    expect(await forget(ann)).toMatchObject({ ok: true });
    expect(await forget(ann)).toMatchObject({ refusal: { code: "not_found" } });
  });

  it("is one of a few, also when the last ones come at the same time", async () => {
    const before = (await ownViews(ann)).length;
    const wanted = Array.from({ length: MOST_VIEWS - before + 2 }, (_, n) => save(`view ${n}`, ""));
    const done = await Promise.all(wanted);
    expect(done.filter(({ ok }) => !ok)).toHaveLength(2);
    expect(await ownViews(ann)).toHaveLength(MOST_VIEWS);
  });

  it("goes with its owner", async () => {
    const { id } = await installation.person("mistake");
    await save("short", "", await installation.viewer("mistake"));
    await installation.db.user.delete({ where: { id }, select: { id: true } });
    expect(await installation.db.savedView.count({ where: { ownerId: id } })).toBe(0);
  });
});

describe("the query of a view", () => {
  const reads = (query: unknown) => saveViewInput.safeParse({ name: "x", query }).success;

  it("is one of the token manager, without a cursor", () => {
    expect(reads("status=active&q=%E7%BE%8E%E5%92%B2&view=open&sort=-name&column=owner")).toBe(true);
    expect(saveViewInput.parse({ name: "x", query: "?q=a" }).query).toBe("q=a");
    expect(reads("")).toBe(true);
    expect(reads("cursor=abc")).toBe(false);
    expect(reads("javascript:alert(1)")).toBe(false);
    expect(reads("//evil.example/?q=a")).toBe(false);
  });

  it("is bounded, also as it is kept", () => {
    expect(reads(`q=${"x".repeat(2_000)}`)).toBe(false);
    expect(reads(["q=a"])).toBe(false);
    expect(reads("q=a\u0000")).toBe(false);
    expect(reads(`q=${"美".repeat(1_000)}`)).toBe(false);
  });

  it("holds no secret in escapes either, whatever it is the value of", () => {
    const secret = newSecret();
    const escaped = [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
    for (const written of [secret, escaped, secret.replace("_", "%5f"), `${escaped}&q=a`, `a+${escaped}`]) {
      expect(reads(`q=${written}`)).toBe(false);
    }
    expect(reads(`sort=${escaped}`)).toBe(false);
    expect(reads(`q=${escaped.slice(0, -3)}`)).toBe(true);
  });
});
