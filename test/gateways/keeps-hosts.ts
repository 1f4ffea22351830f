import { expect } from "vitest";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import { type Ask, bearer, only, type Place } from "./place";

/** A host of another application, which no gateway here leads to. */
export const OTHER_HOST = "wiki.corp";

const PATH = "/rest/api/2/myself";

/** Ways to say that host at the address of this one. */
const sayingOther = (own: string): readonly (readonly string[])[] => [
  [`GET ${PATH} HTTP/1.1`, `Host: ${OTHER_HOST}`],
  [`GET ${PATH} HTTP/1.1`, `Host: ${OTHER_HOST.toUpperCase()}.:80`],
  [`GET http://${OTHER_HOST}${PATH} HTTP/1.1`, `Host: ${own}`],
  [`GET http://${own}${PATH} HTTP/1.1`, `Host: ${OTHER_HOST}`],
  [`GET http://${OTHER_HOST}${PATH} HTTP/1.1`, `Host: ${OTHER_HOST}`],
  [`GET ${PATH} HTTP/1.0`, `Host: ${OTHER_HOST}`],
  [`GET ${PATH} HTTP/1.1`, `Host: ${own}`, `Host: ${OTHER_HOST}`],
  [`GET ${PATH} HTTP/1.1`, `Host: ${OTHER_HOST}`, `Host: ${own}`],
  [`GET ${PATH} HTTP/1.1`, `Host: ${own}`, `X-Forwarded-Host: ${OTHER_HOST}`, `X-Original-Host: ${OTHER_HOST}`],
];

/** A token for the other application alone is allowed nothing here, whatever host is said. */
async function leadsNobodyHere(ask: Ask, own: string, { application, tokens: { wiki } }: Place): Promise<void> {
  for (const lines of sayingOther(own)) {
    const { status } = await ask([...lines, bearer(wiki)]);
    expect([lines, status >= 400 && status < 500, application.take()]).toEqual([lines, true, []]);
  }
}

/** Who may use both arrives by the host that led here, or not at all. */
async function arrivesByItsOwn(ask: Ask, own: string, { application, tokens: { read } }: Place): Promise<void> {
  for (const lines of sayingOther(own)) {
    const { status } = await ask([...lines, bearer(read)]);
    const arrived = application.take().map(({ headers }) => headers.host?.map((host) => host.replace(/:\d+$/, "")));
    const promised = arrived.length > 0 ? [[own.replace(/:\d+$/, "")]] : [];
    expect([lines, status < 500, arrived]).toEqual([lines, true, promised]);
  }
}

export async function hosts(place: Place): Promise<void> {
  const { asked, port, application, tokens } = place;
  for (const [at, ask] of asked.entries()) {
    const own = `${[API_HOST, MAIN_HOST][at]}:${port}`;
    expect((await ask([`GET ${PATH} HTTP/1.1`, `Host: ${own}`, bearer(tokens.read)])).status).toBe(200);
    expect(only(application).headers.host).toEqual([own]);
    await leadsNobodyHere(ask, own, place);
    await arrivesByItsOwn(ask, own, place);
  }
}
