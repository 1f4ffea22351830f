import { expect } from "vitest";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import { bearer, only, type Place } from "./place";

/** Where the token `mover` may go. */
export const MINE = "/rest/maria/work";

/** Where it may not, as somebody would write it whom nobody checked. */
const elsewhereOn = (own: string): readonly (readonly string[])[] =>
  [
    ["/rest/maria/private/a"],
    [`http://${own}/rest/maria/private/a`],
    [`${MINE}/../private/a`],
    [`${MINE}/%2e%2e/private/a`],
    [`http://wiki.corp${MINE}/b`],
    [`//wiki.corp${MINE}/b`],
    [`http://a@${own}${MINE}/b`],
    [`/radicale${MINE}/b`],
    [`${MINE}/b#c`],
    [`${MINE}/b:/rest/maria/private/a`],
    [`${MINE}/b?/../../private/a`],
    [""],
    [],
    [`${MINE}/b`, "/rest/maria/private/a"],
    ["/rest/maria/private/a", `${MINE}/b`],
    [`${MINE}/b`, `${MINE}/b`],
    [`${MINE}/b`, "c"],
  ].map((values) => values.map((value) => `Destination: ${value}`));

/** Behind some the first of two lines would be judged, and the last one taken. */
export async function moves({ asked, port, application, tokens: { mover, write } }: Place): Promise<void> {
  for (const [at, ask] of asked.entries()) {
    const own = `${[API_HOST, MAIN_HOST][at]}:${port}`;
    for (const method of ["MOVE", "COPY"]) {
      const line = `${method} ${MINE}/a HTTP/1.1`;
      for (const to of [`${MINE}/b`, `http://${own}${MINE}/b%20c`]) {
        await ask([line, `Destination: ${to}`, bearer(mover)]);
        const { method: arrived, headers } = only(application);
        expect([arrived, headers.destination]).toEqual([method, [to]]);
      }
      for (const lines of elsewhereOn(own)) {
        const { status } = await ask([line, ...lines, bearer(mover)]);
        const refused = status === 403 || (status === 400 && lines.length > 1);
        expect([lines, refused || status, application.take()]).toEqual([lines, true, []]);
      }
      const { status } = await ask([line, "Destination: /bitbucket/rest/b", bearer(write)]);
      expect([status, application.take()]).toEqual([403, []]);
    }
  }
}
