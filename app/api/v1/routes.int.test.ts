import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApplication } from "#lib/applications/commands/create";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createDelegation } from "#lib/delegations/commands/create";
import { createGateway } from "#lib/gateways/commands/create";
import { createNetwork } from "#lib/networks/commands/create";
import { createPolicy } from "#lib/policies/commands/create";
import { beginBulk } from "#lib/tokens/commands/begin-bulk";
import { createToken } from "#lib/tokens/commands/create";
import { createUser } from "#lib/users/commands/create";
import { castOf } from "#test/actors";
import { browserOf, call, type Handler, ORIGIN, outputOf, scriptOf } from "#test/api";
import { descriptionJudge } from "#test/api-answers";
import { type Ids, type Row, TABLE } from "#test/api-table";
import { createInstallation, type TestInstallation } from "#test/installation";
import { apiDocument } from "../description/document";
import { operations } from "../description/operations";
import { parametersOf } from "../description/parameters";

const NASTY = [
  "%00",
  "%ff",
  "%25",
  "_",
  "-1",
  "1e9",
  "NaN",
  "null",
  "[]",
  "{}",
  "a%0d%0ab",
  "%27--",
  "%F0%9F%94%91",
  "",
];
const ODD = [null, [], {}, [null], "\u0000", "x".repeat(5_000), -1, 1e308, true, { contains: "" }, ["\ud800"], [["a"]]];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const HERE = import.meta.dirname;
const NOWHERE = "[[...unknown]]";

const judge = descriptionJudge(apiDocument(ORIGIN), (route, method) => {
  const found = operations().find((each) => each.route === route && each.method === method);
  return found && { by: found.described.by, answers: found.words.answers };
});

/** The routes that there are, by their files. */
const files = readdirSync(HERE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("route.ts"));
const routes = files.map((file) => relative(HERE, dirname(join(HERE, file))));

async function handlerOf(route: string, method: string): Promise<Handler> {
  const module: Record<string, unknown> = await import(join(HERE, route, "route.ts"));
  const handler = module[method];
  if (typeof handler !== "function") throw new Error(`${route} has no ${method}`);
  return handler as Handler;
}

let installation: TestInstallation;
let ids: Ids;
let callers: Record<string, string>[];

async function idsOf(): Promise<Ids> {
  const { db, person } = installation;
  const [cli, at] = [operator(), Date.now()];
  const jira = { key: "jira", name: "Jira", kind: "jira", routes: [{ host: "jira.test" }] };
  const application = await outputOf(execute(db, createApplication, cli, jira, at));
  const unused = { key: "idle", name: "Idle", kind: "generic", routes: [{ host: "idle.test" }] };
  const idle = await outputOf(execute(db, createApplication, cli, unused, at));
  const gw = { key: "gw", adapter: "api", applications: ["jira"] };
  const gateway = await outputOf(execute(db, createGateway, cli, gw, at));
  const office = { name: "office", ranges: ["192.0.2.0/24"] };
  const network = await outputOf(execute(db, createNetwork, cli, office, at));
  const robot = { kind: "service", username: "bot" };
  const bot = await outputOf(execute(db, createUser, cli, robot, at));
  const wish = { owner: "ann", name: "seen", applications: ["jira"], access: "read" };
  const { token } = await outputOf(execute(db, createToken, cli, wish, at));
  const tier = { name: "spare", priority: 2, members: {} };
  const spareTier = await outputOf(execute(db, createPolicy, cli, tier, at));
  const issue = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 1 };
  const desk = { name: "spare", delegates: [], powers: ["end"], scope: {}, issue };
  const spareDelegation = await outputOf(execute(db, createDelegation, cli, desk, at));
  return {
    ...{ spareTier: spareTier.id, spareDelegation: spareDelegation.id },
    idle: idle.id,
    ...{ application: application.id, gateway: gateway.id, network: network.id, bot: bot.id, token: token.id },
    uma: (await db.user.findFirstOrThrow({ where: { username: "uma" } })).id,
    leaver: (await person("leaver")).id,
    mistake: (await person("mistake")).id,
    spare: (await db.group.create({ data: { name: "spare", externalId: "spare" } })).id,
    group: (await db.group.findFirstOrThrow({ where: { name: "api-users" } })).id,
    policy: (await db.policy.findFirstOrThrow()).id,
    delegation: (await db.delegation.findFirstOrThrow()).id,
    unknown: "0190d4a5-0000-7000-8000-0000000000ff",
  };
}

beforeAll(async () => {
  installation = await createInstallation();
  const cast = await castOf(installation);
  const asked = { action: "resume", ids: ["0190d4a5-0000-7000-8000-0000000000ff"], expected: 1 };
  const { id: operation } = await outputOf(execute(installation.db, beginBulk, cast.admin, asked, Date.now()));
  ids = { ...(await idsOf()), operation };
  const nobody = { origin: "http://localhost:3000" };
  const [user, auditor, admin] = await Promise.all(
    [cast.user, cast.auditor, cast.admin].map((viewer) => browserOf(installation, viewer)),
  );
  const script = await scriptOf(installation, cast.admin, "read");
  callers = [nobody, user ?? {}, auditor ?? {}, script, admin ?? {}];
});
afterAll(() => installation.close());

describe("every route of the API", () => {
  it("is in the table, with every method that it has", () => {
    const listed = [...new Set(TABLE.map((row) => row.route))].sort();
    expect(routes.filter((route) => route !== NOWHERE).sort()).toEqual(listed);
    expect(new Set(TABLE.map((row) => `${row.method} ${row.route}`)).size).toBe(TABLE.length);
  });

  it.each(TABLE.map((row) => [`${row.method} ${row.route}`, row] as const))("%s asks who it is", async (_name, row) => {
    const handler = await handlerOf(row.route, row.method);
    const statuses: number[] = [];
    for (const caller of callers) {
      const body = row.body?.(ids);
      const asked = { method: row.method, params: row.params?.(ids) ?? {}, ...(body && { body }) };
      const answer = await call(handler, caller, asked);
      statuses.push(answer.status);
      if (answer.status >= 400) expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(judge.answer(row.route, row.method, answer)).toEqual([]);
      if (body && answer.status < 300) expect(judge.body(row.route, row.method, body)).toEqual([]);
    }
    expect(statuses).toEqual(row.expected);
  });

  it("refuses the methods that it has not, and names those that it has", async () => {
    for (const route of routes.filter((each) => each !== NOWHERE)) {
      const has = TABLE.filter((row) => row.route === route).map((row) => row.method);
      for (const method of METHODS.filter((each) => !has.includes(each))) {
        const answer = await call(await handlerOf(route, method), callers[4] ?? {}, { method });
        expect([route, method, answer.status]).toEqual([route, method, 405]);
        expect(answer.body).toMatchObject({ status: 405, code: "method_not_allowed" });
        const allow = answer.headers
          .get("allow")
          ?.split(", ")
          .filter((each) => each !== "HEAD");
        expect(allow?.toSorted()).toEqual(has.toSorted());
      }
    }
  });

  const isList = ({ method, params, expected }: Row) => method === "GET" && params === undefined && expected[4] === 200;
  const lists = TABLE.filter(isList).map(({ route }) => route);
  it.each(lists)("%s answers whatever stands in the query with a list or in words, never with a 500", async (route) => {
    const handler = await handlerOf(route, "GET");
    const described = operations().find((each) => each.route === route && each.method === "GET")?.described;
    const names = described === undefined ? [] : parametersOf(described, route).map(({ name }) => name);
    for (const query of [...names, "surprise"].flatMap((name) => NASTY.map((value) => `?${name}=${value}`))) {
      const { status } = await call(handler, callers[4] ?? {}, { query });
      expect([query, status === 200 || status === 422]).toEqual([query, true]);
    }
  });

  const bodies = TABLE.filter((row) => row.body !== undefined && !/^(me|setup)/.test(row.route));
  it.each(bodies.map((row) => [`${row.method} ${row.route}`, row] as const))(
    "%s takes a body with anything in it, and answers in words or does it, never with a 500",
    async (_name, { route, method, params, body }) => {
      const handler = await handlerOf(route, method);
      const whole = { ...body?.(ids) };
      for (const field of ["id", "note", ...Object.keys(whole)]) {
        for (const value of ODD) {
          const asked = { method, params: params?.(ids) ?? {}, body: { ...whole, [field]: value } };
          const answer = await call(handler, callers[4] ?? {}, asked);
          expect([field, value, answer.status < 500]).toEqual([field, value, true]);
          expect([field, value, judge.answer(route, method, answer)]).toEqual([field, value, []]);
        }
      }
    },
  );

  it("elsewhere there is nothing, whoever asks and however", async () => {
    for (const method of METHODS) {
      const answer = await call(await handlerOf(NOWHERE, method), {}, { method });
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
  });
});
