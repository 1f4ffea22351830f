import { afterAll, beforeAll, expect, test } from "vitest";
import { beginExport } from "#lib/audit/commands/begin-export";
import { walkChain } from "#lib/audit/store-chain";
import { operator } from "#lib/auth/actors";
import { sealSession, sessionCookieName } from "#lib/auth/session-cookie";
import { viewerOfCookie } from "#lib/auth/session-viewer";
import { execute } from "#lib/commands/execute";
import { type Database, openDatabase } from "#lib/db/client";
import { STEP_MS } from "#lib/factors/totp";
import { rotateKey } from "#lib/keys/commands/rotate";
import { KNOWN_BEFORE_MS } from "#lib/keys/life";
import { keyRing, REREAD_AFTER_MS } from "#lib/keys/ring";
import { createNetwork } from "#lib/networks/commands/create";
import { confirmPresence } from "#lib/sessions/commands/confirm";
import { browserOf, call, ORIGIN, outputOf } from "#test/api";
import { codeAt, enrol } from "#test/factors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { underLoad } from "#test/under-load";
import * as me from "./me/route";

/** By now every next key is known everywhere. */
const START = Date.now() - 2 * KNOWN_BEFORE_MS.session;

let installation: TestInstallation;
/** Another portal, with its own memory of keys. */
let other: Database;
let people = 0;

beforeAll(async () => {
  installation = await createInstallation(START);
  other = openDatabase(installation.database.portalUrl);
});
afterAll(async () => {
  await other.$disconnect();
  await installation.close();
});

const rotate = (purpose: "session" | "vault" | "audit") =>
  outputOf(execute(installation.db, rotateKey, operator(), { purpose }, Date.now()));

/** Somebody who is signed in, at an address of their own: a throttle remembers times, and each has their own here. */
async function somebody() {
  people += 1;
  const address = `192.0.2.${people}`;
  const { username } = await installation.person(`user-${people}`);
  return { username, viewer: { ...(await installation.viewer(username)), address } };
}

test("the session key is rotated while people come by: whoever was signed in stays so, and who signs in then is", async () => {
  const { username, viewer } = await somebody();
  const { cookie: before = "" } = await browserOf(installation, viewer);
  const sealedIn = (cookie: string) => cookie.slice(cookie.indexOf("=") + 1);
  let turn = 0;
  /** Of one portal that reads its keys every ten seconds, and one that has just read them; each with both cookies. */
  const ask = async () => {
    turn += 1;
    const now = Date.now() + (turn % 2) * 2 * REREAD_AFTER_MS;
    const ring = await keyRing(other, "session", now);
    const sealed = await sealSession(ring, { sessionId: viewer.sessionId });
    const names: unknown[] = [];
    for (const each of [before, `${sessionCookieName(ORIGIN)}=${sealed}`]) {
      names.push((await call(me.GET, { cookie: each })).body.username);
      names.push((await viewerOfCookie(other, sealedIn(each), viewer.address, now))?.username);
    }
    return { kid: ring.active.kid, names };
  };
  const { answers, done } = await underLoad(ask, () => rotate("session"));
  expect(answers.filter(({ names }) => names.some((name) => name !== username))).toEqual([]);
  expect(new Set(answers.map(({ kid }) => kid))).toEqual(new Set([done.retired, done.active]));
});

test("the vault's key is rotated while people prove who they are: every code is good, of apps from before and from then", async () => {
  const newcomer = async () => {
    const { viewer } = await somebody();
    const { secret } = await enrol(installation, viewer, START);
    return { viewer, secret, at: START };
  };
  const waiting = await Promise.all([newcomer(), newcomer(), newcomer(), newcomer()]);
  let turn = 0;
  /** The next code of an app, at one portal or the other. */
  const ask = async () => {
    turn += 1;
    const { viewer, secret, at } = waiting.shift() ?? (await newcomer());
    const later = at + 2 * STEP_MS;
    const code = codeAt(secret, later);
    const db = turn % 2 === 0 ? installation.db : other;
    const done = await execute(db, confirmPresence, viewer, { code }, later);
    waiting.push({ viewer, secret, at: later });
    return done.ok ? "good" : done.refusal.detail;
  };
  const { answers } = await underLoad(ask, async (more) => {
    const { active } = await rotate("vault");
    waiting.unshift(await newcomer(), await newcomer());
    await more();
    expect((await keyRing(other, "vault", Date.now())).active.kid).toBe(active);
  });
  expect(answers.filter((answer) => answer !== "good")).toEqual([]);
});

test("the audit key is rotated while two portals write to the log: nothing is refused or lost, and both find the chain whole over the seam", async () => {
  let [turn, known] = [0, Date.now()];
  /** One portal reads its keys each time; the other knows those of a moment, and goes on with the one before. */
  const ask = async () => {
    turn += 1;
    const [db, at] = turn % 2 === 0 ? [installation.db, Date.now() + (turn % 4) * REREAD_AFTER_MS] : [other, known];
    const name = `turn ${turn}`;
    const [network, search] = [
      { name, ranges: ["192.0.2.0/24"] },
      { format: "csv", q: name },
    ];
    // What changes a fact waits for the others early, what changes none at the log alone.
    const done = await (turn % 3 === 0
      ? execute(db, beginExport, operator(), search, at)
      : execute(db, createNetwork, operator(), network, at));
    return done.ok ? name : done.refusal.detail;
  };
  const walked = () => Promise.all([installation.db, other].map((db) => walkChain(db, null, known)));
  const { answers, done } = await underLoad(ask, async (more) => {
    const { retired, active } = await rotate("audit");
    await more();
    expect((await walked()).map(({ firstBad }) => firstBad)).toEqual([null, null]);
    known += 2 * REREAD_AFTER_MS;
    await more();
    return { retired, active };
  });
  expect((await walked()).map(({ firstBad }) => firstBad)).toEqual([null, null]);
  const events = await installation.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  const written = events.flatMap(
    ({ subjectName, detail }) => /turn \d+/.exec(subjectName + JSON.stringify(detail)) ?? [],
  );
  expect(written.map(String).toSorted()).toEqual(answers.toSorted());
  const { retired, active } = done;
  const since = events.slice(1 + events.findLastIndex(({ action }) => action === "key.rotated")).map(({ kid }) => kid);
  expect(since.lastIndexOf(retired)).toBeGreaterThan(since.indexOf(active));
  expect([new Set(since), since.at(-1)]).toEqual([new Set([retired, active]), active]);
});
