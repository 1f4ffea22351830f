import { cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { apacheFrame } from "./apache";
import { edit } from "./edit";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

const MODULES = ["mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy", "proxy_http"];

/** The modules that can ask, and the file for each. */
export const ASKING = { oauth2: "introspection.conf", auth_openidc: "introspection-openidc.conf" } as const;

type Site = {
  readonly verifierPort: number;
  readonly gatewaySecret: string;
  readonly upstreamPort: number;
  /** A file with the certificate of a verifier that speaks TLS. */
  readonly believes: string;
  /** The gateway as which the first application, jira, asks; gw1 unless another is said. */
  readonly gatewayKey?: string;
  /** Another application behind the same httpd, at BESIDE, of that gateway or another. */
  readonly beside?: { readonly application: string; readonly gatewayKey: string; readonly upstreamPort: number };
};

/** Where each application is reached. */
export const [OWN, BESIDE] = ["127.0.0.1", "127.0.0.2"] as const;

/** Starts a real httpd with a file of gateways/apache as shipped; only what is marked as EDIT is replaced. */
export async function startIntrospectingApache(
  module: keyof typeof ASKING,
  { verifierPort, gatewaySecret, upstreamPort, believes, gatewayKey = "gw1", beside }: Site,
): Promise<Running> {
  const directory = makeDirectory("apache");
  const file = (name: string) => join(directory.path, name);
  mkdirSync(file("run"));
  for (;;) {
    const port = await freePort();
    cpSync(join(projectFolder(), "gateways", "apache"), file("latchkey"), { recursive: true });
    const own = {
      oauth2: [["client_secret=SECRET", `client_secret=${gatewaySecret}`]],
      auth_openidc: [
        ["OIDCOAuthClientSecret SECRET", `OIDCOAuthClientSecret ${gatewaySecret}`],
        ["/etc/ssl/certs/ca-certificates.crt", believes],
      ],
    } as const;
    const key = { oauth2: "client_id=", auth_openidc: "OIDCOAuthClientID " }[module];
    const hosts = [
      { address: OWN, application: "jira", gatewayKey, upstreamPort },
      ...(beside ? [{ address: BESIDE, ...beside }] : []),
    ];
    for (const host of hosts) {
      const name = file(`latchkey/${host.application}.conf`);
      cpSync(file(`latchkey/${ASKING[module]}`), name);
      edit(name, [
        [/^ {2}SSL.*\n/gm, ""],
        ["<VirtualHost *:443>", `<VirtualHost ${host.address}:${port}>`],
        ["127.0.0.1:3001", `127.0.0.1:${verifierPort}`],
        ["127.0.0.1:8080", `127.0.0.1:${host.upstreamPort}`],
        [`${key}gw1`, `${key}${host.gatewayKey}`],
        [/(?<=aud:|cache=|OAuth2Cache shm name=)jira/g, host.application],
        ...own[module],
      ]);
    }
    writeFileSync(
      file("latchkey.conf"),
      hosts.map(({ application }) => `Include latchkey/${application}.conf\n`).join(""),
    );
    const listens = hosts.map(({ address }) => `${address}:${port}`);
    writeFileSync(file("httpd.conf"), apacheFrame(directory.path, listens, [...MODULES, module]));
    const apache = await startProgram({
      ...{ program: "apache2", args: ["-D", "FOREGROUND", "-f", file("httpd.conf")], port },
      log: () => readFileSync(file("log"), "utf8"),
      output: openSync(file("log"), "a"),
      remove: directory.remove,
    });
    if (apache !== null) return apache;
  }
}
