import type { Viewer } from "#lib/access/viewer";
import { type Explained, explainRequest } from "#lib/verification/queries";
import type { CommandLine } from "./command-line";
import type { TestInstallation } from "./installation";
import { askPlane } from "./plane";
import { type Ask, explainedById, type Scene, sceneOf, type Told } from "./remedies";
import type { Row } from "./remedies-rows";
import { seedApplication, seedGateway } from "./seeded";

export type Answered = {
  readonly passes: boolean;
  /** What is told of why; undefined where nothing is, of a token that is asked about alone. */
  readonly reason: string | undefined;
  readonly requestId: string;
  readonly retryAfter: number;
};

/** Where a refusal is provoked, explained and mended. */
export type House = {
  readonly scene: Scene;
  readonly judge: (ask: Partial<Ask>, caller?: Caller) => Promise<Answered>;
  readonly told: (ask: Partial<Ask>, requestId: string, byId: Row["byId"]) => Promise<Told>;
};

type Caller = { readonly key?: string; readonly secret?: string };

const SECRET = "an app's secret";

const remedyIn = ({ reason, steps }: Explained): Told => ({
  ...{ reason, remedy: steps.find(({ outcome }) => outcome === "failed")?.remedy ?? "" },
});

const ask = (url: string, { key, secret }: Required<Caller>, init: RequestInit) =>
  fetch(url, {
    ...{ method: "POST", ...init },
    headers: { ...init.headers, authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}` },
  });

type Reply = { readonly reason?: string; readonly error?: string; readonly active?: boolean };

async function answered(reply: Response): Promise<Answered> {
  const { error, reason = error, active } = (await reply.json()) as Reply;
  const header = (name: string) => reply.headers.get(name) ?? "";
  const [requestId, retryAfter] = [header("x-latchkey-request-id"), Number(header("retry-after"))];
  return { passes: reply.status === 200 && active !== false, reason, requestId, retryAfter };
}

/** `POST /v1/verify`. */
const byApi = async (at: string, caller: Required<Caller>, whole: Ask) =>
  answered(await ask(`${at}/v1/verify`, caller, { body: JSON.stringify(whole) }));

/** Introspection, about the Bearer token. */
async function alone(at: string, caller: Required<Caller>, { headers }: Ask): Promise<Answered> {
  const token = String(headers.Authorization).replace("Bearer ", "");
  return answered(await ask(`${at}/oauth2/introspect`, caller, { body: new URLSearchParams({ token }) }));
}

/** As nginx asks. */
async function byNginx(port: number, key: string, { method, uri, host, clientIp, headers }: Ask): Promise<Answered> {
  const own = { "X-Latchkey-Gateway-Key": SECRET, "X-Real-IP": clientIp, "X-Original-Method": method };
  const lines = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const asked = { ...own, "X-Original-URI": uri, "X-Original-Host": host, ...lines };
  const reply = await askPlane(port, asked, `/v1/authz/nginx/${key}`);
  const header = (name: string) => reply.headers[name]?.[0];
  return {
    ...{ passes: reply.status === 200, reason: header("x-latchkey-reason") },
    ...{ requestId: header("x-latchkey-request-id") ?? "", retryAfter: Number(header("retry-after")) },
  };
}

/** A house of its own for each way to follow a remedy: what one provokes must not reach another. */
export async function openHouse(
  installation: TestInstallation,
  latchkey: CommandLine,
  port: number,
  name: string,
): Promise<House> {
  const { db } = installation;
  const key = name.replaceAll(/[_ ]/g, "-");
  const nginx = `${key}-nginx`;
  const applicationId = await seedApplication(db, key, "jira", { identity: "header" });
  await seedGateway(db, key, SECRET, [applicationId], { adapter: "api" });
  await seedGateway(db, nginx, SECRET, [applicationId]);
  const username = `user-${key}`;
  const { id: userId } = await installation.person(username, ["api-users"]);
  const scene = sceneOf(installation, latchkey, { userId, username, applicationId });
  const whole = (some: Partial<Ask>): Ask => ({
    ...{ method: "GET", uri: "/rest/api/2/myself", host: `${key}.corp`, proto: "https", clientIp: "192.0.2.7" },
    ...{ headers: {}, ...some },
  });
  const explained = async ({ via, ...some }: Ask, root: Viewer) => {
    const told = await explainRequest(root, { ...some, gateway: via === "nginx" ? nginx : key });
    if (!told.ok) throw new Error(told.refusal.detail);
    return remedyIn(told.value);
  };
  return {
    scene,
    judge: async (some, caller = {}) => {
      const { via, at: _at, ...asked } = whole(some);
      const [at, by] = [`http://127.0.0.1:${port}`, { key, secret: SECRET, ...caller }];
      if (via === "nginx") return byNginx(port, nginx, asked);
      return via === "alone" ? alone(at, by, asked) : byApi(at, by, asked);
    },
    told: async (some, requestId, byId) => {
      if (byId === undefined) return explained(whole(some), await installation.viewer("root"));
      const today = await explainedById(installation, requestId);
      if (byId === true) return today;
      await scene.arrange(`UPDATE refusals SET rule_kinds = NULL WHERE request_id = '${requestId}'`);
      return explainedById(installation, requestId);
    },
  };
}
