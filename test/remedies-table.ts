import type { RefusalCode } from "#lib/verification/reasons";
import { type Scene, withSecret } from "./remedies";
import { REMEDIES_OF_CREDENTIALS } from "./remedies-of-credentials";
import { REMEDIES_OF_PATHS } from "./remedies-of-paths";
import { REMEDIES_OF_QUARANTINE } from "./remedies-of-quarantine";
import { REMEDIES_OF_RIGHTS } from "./remedies-of-rights";
import { REMEDIES_OF_TOKENS } from "./remedies-of-tokens";
import type { ReasonOfVerifier } from "./remedies-of-verifiers";
import { another, changed, type Row, undone } from "./remedies-rows";

const OF_GATEWAY = "peers of the gateway with its configuration";

/** A gateway that gives another key or secret than its own, until it is set up as it should be. */
const misconfigured = (follows: string, caller: Readonly<Record<string, string>>): Row => ({
  follows,
  byId: true,
  provoke: async ({ token }) => {
    const headers = withSecret(await token());
    return { broken: { headers }, mend: async () => ({ headers }), caller };
  },
});

/** A gateway that is another one in the portal than where it stands. */
const unlike = (follows: string, before: object, after: object): Row =>
  undone(
    follows,
    async ({ gateway }) => {
      await gateway(before);
      return () => gateway(after);
    },
    { byId: true },
  );

const plain = (follows: string, uri: string) => another(follows, { uri });

/** From where it comes is not seen of a token that is asked about alone. */
const unseen = (follows: string, mend: (scene: Scene) => Promise<unknown>) =>
  undone(
    follows,
    async (scene) => {
      await scene.settings({ ranges: ["198.51.100.0/24"] });
      return () => mend(scene);
    },
    { byId: true, via: "alone" },
  );

/** Refusals that the installation mends; those that a verifier mends are in remedies-of-verifiers.ts. */
export const REMEDIES: Readonly<Record<Exclude<RefusalCode, ReasonOfVerifier>, Row | readonly Row[]>> = {
  gateway_unauthorized: [
    misconfigured("Compare key", { key: "elsewhere" }),
    misconfigured("secret", { secret: "wrong" }),
    unlike("adapter", { adapter: "nginx" }, { adapter: "api" }),
    unlike(OF_GATEWAY, { peers: ["198.51.100.9"] }, { peers: [] }),
  ],
  request_unreadable: another("Use the configuration that Latchkey gives for this gateway", { clientIp: "unknown" }),
  method_refused: another("Use another method", { method: "TRACE" }),
  path_refused: [
    plain("Send a plain path: no dot segments", "/rest/../secure"),
    plain("control characters", "/rest/a%07b"),
    plain("broken escapes", "/rest/a%zzb"),
    plain("fragments", "/rest/a#b"),
  ],
  application_unknown: [
    changed("Add the route to an application", {}, { routes: [{ host: "new.corp" }] }, (secret) => ({
      ...{ host: "new.corp", headers: withSecret(secret) },
    })),
    undone("the application to the gateway", async ({ gateway, db, applicationId }) => {
      const { key } = await db.application.findUniqueOrThrow({ where: { id: applicationId } });
      await gateway({ applications: [] });
      return () => gateway({ applications: [key] });
    }),
  ],
  address_refused: [
    {
      follows: "Call from an allowed network",
      provoke: async ({ token, settings }) => {
        const headers = withSecret(await token());
        await settings({ ranges: ["198.51.100.0/24"] });
        return { broken: { headers }, mend: async () => ({ headers, clientIp: "198.51.100.9" }) };
      },
    },
    undone("widen the ranges in the settings", async ({ settings }) => {
      await settings({ ranges: ["198.51.100.0/24"] });
      return () => settings({ ranges: [] });
    }),
    unseen("Introspection shows no request. Let the application count tokens that are limited so", ({ application }) =>
      application({ introspectRestricted: true }),
    ),
    unseen("take the ranges out of the settings", ({ settings }) => settings({ ranges: [] })),
  ],
  ...REMEDIES_OF_CREDENTIALS,
  path_blocked: REMEDIES_OF_PATHS,
  ...REMEDIES_OF_TOKENS,
  ...REMEDIES_OF_RIGHTS,
  // Last: what is refused meanwhile has no address, and of that only so many are kept for Explain.
  quarantined: REMEDIES_OF_QUARANTINE,
};
