import { copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { apacheFrame } from "./apache";
import { edit } from "./edit";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

const MODULES = ["mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy", "proxy_http", "oauth2"];

type Site = { readonly verifierPort: number; readonly gatewaySecret: string; readonly upstreamPort: number };

/** Starts a real httpd with gateways/apache/introspection.conf as shipped; only what is marked as EDIT is replaced. */
export async function startIntrospectingApache({ verifierPort, gatewaySecret, upstreamPort }: Site): Promise<Running> {
  const directory = makeDirectory("apache");
  const file = (name: string) => join(directory.path, name);
  mkdirSync(file("run"));
  for (;;) {
    const port = await freePort();
    copyFileSync(join(projectFolder(), "gateways", "apache", "introspection.conf"), file("latchkey.conf"));
    edit(file("latchkey.conf"), [
      [/^ {2}SSL.*\n/gm, ""],
      ["<VirtualHost *:443>", `<VirtualHost 127.0.0.1:${port}>`],
      ["127.0.0.1:3001", `127.0.0.1:${verifierPort}`],
      ["client_secret=SECRET", `client_secret=${gatewaySecret}`],
      ["127.0.0.1:8080", `127.0.0.1:${upstreamPort}`],
    ]);
    writeFileSync(file("httpd.conf"), apacheFrame(directory.path, [`127.0.0.1:${port}`], MODULES));
    const apache = await startProgram({
      ...{ program: "apache2", args: ["-D", "FOREGROUND", "-f", file("httpd.conf")], port },
      log: () => readFileSync(file("log"), "utf8"),
      output: openSync(file("log"), "a"),
      remove: directory.remove,
    });
    if (apache !== null) return apache;
  }
}
