import { expect } from "vitest";
import { REASONS } from "#lib/verification/reasons";
import { basic, bearer, MYSELF, type Place } from "./place";

const PROBLEM = { status: 400, code: "invalid_request", detail: REASONS.invalid_request.sentence };

/** @param told whether two lines of one name are the verifier's to refuse, in its words, and not the program's own */
export async function refusesTwo({ api, application, tokens: { read, write } }: Place, told: boolean): Promise<void> {
  const lines = [
    [bearer(read), bearer(write)],
    [bearer(read), basic("maria", read.secret)],
    ["Authorization: Basic YTpi", bearer(read)],
  ];
  const headers = [
    [bearer(read), `X-Api-Token: ${read.secret}`],
    [`X-Api-Token: ${write.secret}`, `X-Api-Token: ${read.secret}`],
  ];
  for (const pair of [...lines, ...headers]) {
    const answer = await api([MYSELF, ...pair]);
    expect([pair, answer.status]).toEqual([pair, 400]);
    if (!told && lines.includes(pair)) continue;
    expect([pair, answer.headers["content-type"]]).toEqual([pair, ["application/problem+json"]]);
    expect(JSON.parse(answer.body)).toMatchObject(PROBLEM);
  }
  expect(application.take()).toEqual([]);
}
