import { execFile, spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { join } from "node:path";
import { refuseUnknown, signedIn } from "./living";
import { makeDirectory } from "./workspace";

export type GitUpstream = {
  readonly port: number;
  /** The bare repository behind `/scm/demo/repo.git`. */
  readonly repository: string;
  stop(): Promise<void>;
};

/** Who sends a request; undefined where the answer is written already. */
type Door = (request: IncomingMessage, response: ServerResponse) => string | undefined;

/** Trusts X-Latchkey-User, so a push without an identity is refused by git itself. */
const trusting: Door = ({ headers }) => String(headers["x-latchkey-user"] ?? "");

/** Signs its own people in, and lets in nobody else. */
const living: Door = ({ headers }, response) => signedIn(headers) ?? void refuseUnknown(response);

/**
 * A git server as Bitbucket shapes its addresses (`/scm/PROJECT/repo.git`): `git http-backend` as CGI (RFC 3875) with one
 * bare repository that has one commit.
 */
export const startGit = (): Promise<GitUpstream> => start(trusting);

/** The same of an application that was there before Latchkey (living.ts). */
export const startLivingGit = (): Promise<GitUpstream> => start(living);

async function start(door: Door): Promise<GitUpstream> {
  const directory = makeDirectory("git");
  const repository = join(directory.path, "demo", "repo.git");
  await seed(directory.path, repository);
  const server = createServer((request, response) => {
    const user = door(request, response);
    if (user !== undefined) runBackend(directory.path, user, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return {
    port: address.port,
    repository,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      directory.remove();
    },
  };
}

/**
 * Runs git without the settings of whoever runs the tests. It never asks: a refusal ends it.
 * @returns its exit status and everything it printed
 */
export function git(cwd: string, ...args: string[]): Promise<{ status: number; output: string }> {
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: "Test",
    GIT_AUTHOR_EMAIL: "test@example.com",
    GIT_COMMITTER_NAME: "Test",
    GIT_COMMITTER_EMAIL: "test@example.com",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
  };
  return new Promise((resolve) => {
    execFile("git", args, { cwd, env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : Number(error.code ?? 1);
      resolve({ status, output: `${stdout}${stderr}` });
    });
  });
}

async function seed(root: string, repository: string): Promise<void> {
  const work = join(root, "seed");
  const steps: [string, ...string[]][] = [
    [root, "init", "--quiet", "--bare", "--initial-branch=main", repository],
    [root, "init", "--quiet", "--initial-branch=main", work],
    [work, "commit", "--quiet", "--allow-empty", "--message", "The first commit"],
    [work, "push", "--quiet", repository, "main"],
  ];
  for (const [cwd, ...args] of steps) {
    const done = await git(cwd, ...args);
    if (done.status !== 0) throw new Error(`git ${args.join(" ")}: ${done.output}`);
  }
}

function runBackend(root: string, user: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const backend = spawn("git", ["http-backend"], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path.replace(/^\/scm/, ""),
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      ...(user === "" ? {} : { REMOTE_USER: user }),
    },
  });
  request.pipe(backend.stdin);
  backend.stdin.on("error", () => {});
  relay(backend.stdout, response);
}

/** Turns the CGI answer (header lines, blank line, body) into an HTTP one. */
function relay(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head = Buffer.alloc(0);
  output.on("data", (chunk: Buffer) => {
    if (response.headersSent) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    let status = 200;
    for (const line of head.subarray(0, end).toString().split("\r\n")) {
      const colon = line.indexOf(":");
      const value = line.slice(colon + 1).trim();
      if (/^status:/i.test(line)) status = Number.parseInt(value, 10);
      else response.setHeader(line.slice(0, colon), value);
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
  });
  output.on("end", () => response.end());
}
