import { type Arrival, startRecorder, type Upstream } from "./recorder";

type Answer = { status: number; headers?: Record<string, string | string[]> } | "silence";

export type ScriptedVerifier = Upstream & {
  /** How it answers from now on. */
  say(answer: Answer | ((arrival: Arrival) => Answer)): void;
  /** How many connections were made to it so far. */
  connections(): number;
};

/**
 * Says to nginx what the contract (docs/verification.md) lets a verifier say, and what a broken one might: for the tests
 * of the nginx configuration alone. The journeys in e2e/ have the real verifier in its place.
 */
export async function startScriptedVerifier(): Promise<ScriptedVerifier> {
  let script: Answer | ((arrival: Arrival) => Answer) = ALLOW_TOKEN;
  let connections = 0;
  const upstream = await startRecorder(
    (arrival, response) => {
      const answer = typeof script === "function" ? script(arrival) : script;
      if (answer === "silence") return;
      response.writeHead(answer.status, { "Content-Length": "0", ...answer.headers });
      response.end();
    },
    (server) => server.on("connection", () => connections++),
  );
  const say: ScriptedVerifier["say"] = (answer) => {
    script = answer;
  };
  return { ...upstream, say, connections: () => connections };
}

const EMPTY = {
  "X-Latchkey-User": "",
  "X-Latchkey-User-Id": "",
  "X-Latchkey-Groups": "",
  "X-Latchkey-Access": "",
  "X-Latchkey-Token-Id": "",
  "X-Latchkey-Assertion": "",
  Authorization: "",
};

export const ALLOW_TOKEN = {
  status: 200,
  headers: {
    ...EMPTY,
    "X-Latchkey-Auth": "token",
    "X-Latchkey-Request-Id": "req-1",
    "X-Latchkey-User": "ada",
    "X-Latchkey-User-Id": "u-1",
    "X-Latchkey-Groups": "devs,ops",
    "X-Latchkey-Access": "read",
    "X-Latchkey-Token-Id": "t-1",
  },
};

/** What is not ours goes on: no identity, the class alone. */
export const allowClass = (auth: string): Answer => ({
  status: 200,
  headers: { ...EMPTY, "X-Latchkey-Auth": auth, "X-Latchkey-Request-Id": "req-2" },
});

/** A refusal as the nginx adapter folds it: the status that auth_request understands, and the true one beside it. */
export const refusal = (status: number, reason: string, more: Record<string, string> = {}): Answer => ({
  status: status === 401 || status === 503 ? status : 403,
  headers: {
    "X-Latchkey-Status": String(status),
    "X-Latchkey-Reason": reason,
    "X-Latchkey-Request-Id": "req-3",
    ...(status === 401
      ? { "WWW-Authenticate": 'Basic realm="Latchkey", charset="UTF-8", Bearer realm="Latchkey"' }
      : {}),
    ...more,
  },
});
