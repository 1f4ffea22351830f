import { checkClient, checkRequest, envoyMetadata } from "#test/check-client";
import { askPlane } from "#test/plane";
import type { VerifierProcess } from "#test/verifier-program";
import type { Owned, Post } from "./house";

const ENVOY = envoyMetadata({ "x-latchkey-gateway": "envoy1" });
/** A verifier promises an answer within 150 ms; whoever asks a stopped one gives up. */
const PATIENCE_MS = 2_000;

/** A token that is asked about, and what is done with it: it is read where nothing is said. */
export type Asked = Owned & { readonly method?: "GET" | "POST" };

export type Said = { readonly status: number; readonly requestId: string };

/** What the oracle knows a token by, and what is done with it. */
export const nameOf = ({ id, method = "GET" }: Asked): string => `${method} ${id}`;

/** @returns the status, 0 where there was no answer */
export async function ask({ process, by }: Post, { secret, method = "GET" }: Asked): Promise<Said> {
  const nothing = { status: 0, requestId: "" };
  const late = new Promise<Said>((resolve) => {
    AbortSignal.timeout(PATIENCE_MS).addEventListener("abort", () => resolve(nothing));
  });
  const asked = by === "envoy" ? askedByEnvoy(process, secret, method) : askedByNginx(process, secret, method);
  return Promise.race([asked.catch(() => nothing), late]);
}

async function askedByNginx({ port }: VerifierProcess, secret: string, method: string): Promise<Said> {
  const { status, headers } = await askPlane(port, { "X-Original-Method": method, Authorization: `Bearer ${secret}` });
  return { status, requestId: headers["x-latchkey-request-id"]?.[0] ?? "" };
}

async function askedByEnvoy({ grpcPort }: VerifierProcess, secret: string, method: string): Promise<Said> {
  const client = checkClient(`127.0.0.1:${grpcPort}`);
  try {
    const { deniedResponse } = await client.check(
      checkRequest({ method }, ["Authorization", `Bearer ${secret}`]),
      ENVOY,
    );
    const id = deniedResponse?.headers?.find(({ header }) => header?.key?.toLowerCase() === "x-latchkey-request-id");
    return { status: deniedResponse?.status?.code ?? 200, requestId: id?.header?.value ?? "" };
  } finally {
    client.close();
  }
}
