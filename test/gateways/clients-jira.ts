import { execFile } from "node:child_process";
import { expect } from "vitest";
import {
  type Client,
  jiraClient,
  jiraClientBearer,
  jiraJs,
  jiraJsBearer,
  refusalOf,
  type Where,
} from "../upstreams/jira-clients";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import { pythonJira } from "../upstreams/python-jira";
import { wholeText } from "../upstreams/recorder";
import { basic, bearer, type Place } from "./place";

const SENTENCE = "This token may only read, and this request changes something";

/** Everything that has arrived since the last look is maria's, and without a secret. */
function arrivedAs({ application, tokens: { read, write } }: Place, count: number): void {
  const arrivals = application.take();
  expect(arrivals).toHaveLength(count);
  for (const arrival of arrivals) {
    expect(arrival.headers["x-latchkey-user"]).toEqual(["maria"]);
    for (const { secret } of [read, write]) expect(wholeText(arrival)).not.toContain(secret);
  }
}

async function uses(place: Place, client: (secret: string, where: Where) => Client): Promise<void> {
  const { read, write, revoked } = place.tokens;
  for (const host of [API_HOST, MAIN_HOST]) {
    const as = ({ secret }: { secret: string }) => client(secret, { host, context: "" });
    expect(await as(read).search()).toBe(1);
    expect(await refusalOf(as(read).create())).toContain(SENTENCE);
    expect(await as(write).create()).toBe("DEMO-2");
    expect(await refusalOf(as(revoked).search())).toContain("401");
    arrivedAs(place, 2);
  }
}

export async function jiraClientWorks(place: Place): Promise<void> {
  await uses(place, (secret, where) => jiraClient(place.port, "maria", secret, where));
  await uses(place, (secret, where) => jiraClientBearer(place.port, secret, where));
}

export async function jiraJsWorks(place: Place): Promise<void> {
  await uses(place, (secret, where) => jiraJs(place.port, "maria", secret, where));
  await uses(place, (secret, where) => jiraJsBearer(place.port, secret, where));
}

export async function pythonWorks(place: Place): Promise<void> {
  const { read, write } = place.tokens;
  for (const host of [API_HOST, MAIN_HOST]) {
    const server = `http://${host}:${place.port}`;
    for (const [way, username] of [
      ["basic", "maria"],
      ["bearer", ""],
    ] as const) {
      const as = ({ secret }: { secret: string }) => pythonJira(server, way, username, secret);
      const [reading, writing] = await Promise.all([as(read), as(write)]);
      expect(reading).toMatch(/^found DEMO-1\nrefused 403 /);
      expect(reading).toContain(SENTENCE);
      expect(writing).toBe("found DEMO-1\nmade DEMO-2\n");
      arrivedAs(place, 5); // each looks at the fields first
    }
  }
}

/** @returns the body, and the status in a last line */
export const curl = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    const all = ["--silent", "--noproxy", "*", "--write-out", "\n%{http_code}", ...args];
    execFile("curl", all, (_error, stdout) => resolve(stdout));
  });

export async function curlWorks(place: Place): Promise<void> {
  const { read, write } = place.tokens;
  for (const host of [API_HOST, MAIN_HOST]) {
    const at = (path: string) => `http://${host}:${place.port}${path}`;
    const create = ["--data", "{}", at("/rest/api/2/issue")];
    expect(await curl("--user", `maria:${read.secret}`, at("/rest/api/2/myself"))).toMatch(/"maria".*\n200$/);
    expect(await curl("--header", `Authorization: Bearer ${read.secret}`, ...create)).toMatch(/may only read.*\n403$/s);
    expect(await curl("--header", `X-Api-Token: ${write.secret}`, ...create)).toMatch(/DEMO-2.*\n201$/);
    arrivedAs(place, 2);
    const page = await curl("--cookie", "JSESSIONID=1", at("/secure/Dashboard.jspa"));
    expect(page).toMatch(/browser\.user.*\n200$/);
    const arrivals = place.application.take();
    expect(arrivals.map(({ headers }) => [headers.cookie, headers["x-latchkey-user"]])).toEqual([
      [["JSESSIONID=1"], undefined],
    ]);
  }
}

/** What WSGI reads as one name. */
const REMOTE_USER = ["X-Remote-User", "X_Remote_User", "X-Remote_User", "X_Remote-User"];

/** Whoever says whose request it is: Radicale hears nothing of it, with a credential or without, asked about or not. */
async function radicaleIsDeceivedByNobody({ api, main, tokens }: Place, collection: string): Promise<void> {
  const find = [`PROPFIND ${collection} HTTP/1.1`, "Depth: 1"];
  for (const ask of [api, main])
    for (const name of REMOTE_USER) {
      for (const who of [basic("fred", "x"), "Cookie: session=1"]) {
        const { status, body } = await ask([...find, who, `${name}: maria`]);
        expect([name, who, status, body]).toEqual([name, who, 403, expect.stringContaining("resource forbidden")]);
      }
      const { status } = await ask([...find, bearer(tokens.read), `${name}: root`]);
      expect([name, status]).toEqual([name, 207]);
    }
}

/** What curl asks of a calendar. @param at its own, which nobody has made */
export function radicaleAsked(at: string) {
  const event = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t//t//EN\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n";
  const whole = `${event}DTSTART:20260101T000000Z\nSUMMARY:Tea\nEND:VEVENT\nEND:VCALENDAR\n`;
  const body = ["--request", "PUT", "--header", "Content-Type: text/calendar", "--data-binary", whole];
  return {
    make: ["--request", "MKCALENDAR", "--data", "", at],
    put: [...body, `${at}1.ics`],
    find: ["--request", "PROPFIND", "--header", "Depth: 1", "--data", "", at],
    get: [`${at}1.ics`],
  };
}

/** @param at its own calendar, which nobody has made */
async function radicaleUses({ read, write }: Place["tokens"], at: string): Promise<void> {
  const as = ({ secret }: { secret: string }) => ["--user", `maria:${secret}`];
  const { make, put, find, get } = radicaleAsked(at);
  expect(await curl(...as(read), ...make)).toMatch(/may only read.*\n403$/s);
  expect(await curl(...as(write), ...make)).toMatch(/\n201$/);
  expect(await curl(...as(read), ...put)).toMatch(/\n403$/);
  expect(await curl(...as(write), ...put)).toMatch(/\n201$/);
  expect(await curl(...as(read), ...find)).toMatch(/1\.ics.*\n207$/s);
  expect(await curl(...as(read), ...get)).toMatch(/SUMMARY:Tea.*\n200$/s);
  const move = (to: string) => ["--request", "MOVE", "--header", `Destination: ${to}`, `${at}1.ics`];
  expect(await curl(...as(write), ...move(new URL("/bitbucket/rest/2.ics", at).href))).toMatch(/\n403$/);
  expect(await curl(...as(write), ...move(`${at}2.ics`))).toMatch(/\n201$/);
  expect(await curl(...as(read), `${at}2.ics`)).toMatch(/SUMMARY:Tea.*\n200$/s);
}

export async function radicaleWorks(place: Place): Promise<void> {
  const collection = `/radicale/maria/${place.gateway.key}`;
  for (const host of [API_HOST, MAIN_HOST])
    await radicaleUses(place.tokens, `http://${host}:${place.port}${collection}-${host}/`);
  await radicaleIsDeceivedByNobody(place, `${collection}-${API_HOST}/`);
}
