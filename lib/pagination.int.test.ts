import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createInstallation, type TestInstallation } from "#test/installation";
import { text, time } from "./keyset";
import { listPage, listQuery } from "./pagination";

let installation: TestInstallation;
const EMAILS = ["b@example.com", null, "a@example.com", null, "c@example.com", null, null];
beforeAll(async () => {
  installation = await createInstallation();
  for (const [index, email] of EMAILS.entries()) {
    const { id } = await installation.person(`u${index}`, ["admins"]);
    await installation.db.user.update({ where: { id }, data: { email } });
  }
});
afterAll(() => installation.close());

const COLUMNS = { email: text("email", "nullable"), deactivatedAt: time("deactivatedAt", "nullable") };
const read = async (sort: string, cursor?: string) => {
  const query = listQuery(COLUMNS, "email").parse({ sort, limit: "2", ...(cursor === undefined ? {} : { cursor }) });
  const page = await listPage({
    ...{ query, columns: COLUMNS, where: [{ kind: "person" as const }] },
    fetch: (ask) => installation.db.user.findMany(ask),
    view: ({ username, email }) => email ?? username,
  });
  if (!page.ok) throw new Error(page.refusal.detail);
  return page.value;
};

describe("a list in PostgreSQL", () => {
  it.each([
    ["email", ["a@example.com", "b@example.com", "c@example.com", "u1", "u3", "u5", "u6"]],
    ["-email", ["c@example.com", "b@example.com", "a@example.com", "u6", "u5", "u3", "u1"]],
    ["deactivatedAt", ["b@example.com", "u1", "a@example.com", "u3", "c@example.com", "u5", "u6"]],
  ])("is walked by %s with what has none last, there and back", async (sort, all) => {
    let page = await read(sort);
    const forwards = [...page.items];
    while (page.nextCursor !== null) {
      page = await read(sort, page.nextCursor);
      forwards.push(...page.items);
    }
    expect(forwards).toEqual(all);
    const back = [...page.items];
    while (page.previousCursor !== null) {
      page = await read(sort, page.previousCursor);
      back.unshift(...page.items);
    }
    expect(back).toEqual(all);
  });

  it("is sorted by what a row is linked to", async () => {
    const columns = { user: text("user.username") };
    const ask = (cursor?: string) =>
      listPage({
        ...{ query: { limit: 4, sort: "-user", cursor }, columns, where: [{ address: "192.0.2.1" }] },
        fetch: (asked) => installation.db.session.findMany({ ...asked, include: { user: true } }),
        view: ({ user }) => user.username,
      });
    for (const username of ["u2", "u5", "u1", "u2", "u6"]) await installation.viewer(username);
    const first = await ask();
    expect(first).toMatchObject({ value: { items: ["u6", "u5", "u2", "u2"] } });
    const next = first.ok ? (first.value.nextCursor ?? "") : "";
    expect(await ask(next)).toMatchObject({ value: { items: ["u1"], nextCursor: null } });
  });
});
