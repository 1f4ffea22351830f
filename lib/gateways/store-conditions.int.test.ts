import { afterAll, beforeAll, expect, test } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { castOf } from "#test/actors";
import { asAdmin } from "#test/database-cluster";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { findGateway } from "./queries-pages";

let installation: TestInstallation;
let owner: string;
let auditor: Viewer;
beforeAll(async () => {
  installation = await createInstallation();
  owner = (await installation.person("Maria", ["api-users"])).id;
  ({ auditor } = await castOf(installation));
});
afterAll(() => installation.close());

const asking = (name: string, some: Parameters<typeof seedToken>[2] = {}) =>
  seedToken(installation.db, owner, { headerConditions: [{ name, value: "a" }], ...some });
const only = (...keys: string[]) => ({ allApplications: false, applications: keys });

test("a gateway's files name the headers that living tokens of its applications ask for, each once, and its page does", async () => {
  const { db } = installation;
  const jira = await seedApplication(db, "jira");
  await seedApplication(db, "wiki");
  await seedGateway(db, "edge", "a secret", [jira], { adapter: "forward" });
  await asking("X-Team");
  await asking("x-team", only("jira", "wiki"));
  await asking("x-job", only("jira"));
  await asking("x-wiki", only("wiki"));
  await asking("x_never");
  await asking("x-revoked", { revokedAt: new Date(), revokedBy: "test", revocationReason: "unused" });
  await asking("x-expired", { expiresAt: new Date(Date.now() - 1_000) });
  const unreadable = await asking("x-lost");
  await asAdmin(installation.database.ownerUrl, [
    `UPDATE tokens SET header_conditions = '{"name": "x-lost"}' WHERE id = '${unreadable.id}'`,
  ]);
  const { id } = await db.gateway.findUniqueOrThrow({ where: { key: "edge" }, select: { id: true } });
  const configuration = (await findGateway(auditor, id))?.configuration;
  if (configuration?.adapter !== "forward") throw new Error("No configuration of forward programs");
  expect(configuration.conditions).toEqual(["x-job", "x-team"]);
  const traefik = configuration.programs.find(({ name }) => name === "Traefik")?.files ?? [];
  expect(traefik.map(({ text }) => text).join()).toMatch(/- X-Api-Token\b.*\n +- x-job\n +- x-team\n/);
});

test("a gateway's page knows which of its own applications let tokens open a WebSocket", async () => {
  const { db } = installation;
  const allows = await seedApplication(db, "chat", "generic", { webSocket: true });
  const plain = await seedApplication(db, "code");
  await seedApplication(db, "other-chat", "generic", { webSocket: true });
  await seedGateway(db, "mesh", "another secret", [allows, plain], { adapter: "envoy" });
  const { id } = await db.gateway.findUniqueOrThrow({ where: { key: "mesh" }, select: { id: true } });
  expect((await findGateway(auditor, id))?.configuration).toMatchObject({ adapter: "envoy", webSocket: ["chat"] });
});
