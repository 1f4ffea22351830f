import { Agent, request } from "node:http";
import type { Ours } from "./ours";

export type Asked = { readonly status: number; readonly ms: number };
export type Ask = (secret: string) => Promise<Asked>;

/** Whoever is not answered by then never is. */
const LIMIT_MS = 60_000;

/** Asks our verifier one question at a time, as nginx would, from this process. Close it when nothing is asked any more. */
export function openAsker(ours: Ours): { readonly ask: Ask; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true });
  return { ask: (secret) => askOnce(agent, ours, secret), close: () => agent.destroy() };
}

function askOnce(agent: Agent, { subject, headers, path }: Ours, secret: string): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent = request(
      `${subject.url}${path}`,
      { agent, headers: { ...headers, "X-Api-Token": secret }, timeout: LIMIT_MS },
      (answer) => {
        answer.resume();
        answer.on("end", () => {
          // nginx knows no 503 from auth_request but its own 500s: what is meant stands in a header
          const meant = Number(answer.headers["x-latchkey-status"] ?? answer.statusCode);
          resolve({ status: meant, ms: performance.now() - begun });
        });
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`No answer within ${LIMIT_MS} ms`)));
    sent.on("error", reject);
    sent.end();
  });
}
