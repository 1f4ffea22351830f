import { createServer } from "node:http";
import next from "next";
import { absences } from "#lib/db/away";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { journalPlace } from "#lib/journal/here";
import { log } from "#lib/log";
import { readTrace } from "#lib/trace";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { consoleInto } from "./console";
import { atTheEdge } from "./edge";
import { endInOrder, tell } from "./ending";
import { type Listener, listen } from "./listener";
import { askingWhether } from "./portal/answering";
import { gate } from "./portal/gate";
import { valuesOf } from "./portal/headers";
import { keepJournal } from "./portal/journal";
import { watchLeases } from "./portal/leases";
import { keepRetention } from "./portal/retention";
import { workOnLeakReports, workOnOperations } from "./portal/work";
import { projectFolder } from "./project";

const HEADER_LIMIT_BYTES = 16 * 1024;

/** The portal: Next, behind our own listener. */
async function portal(): Promise<void> {
  consoleInto(log, console);
  let listener: Listener | undefined;
  let endOperations: (() => Promise<void>) | undefined;
  let endLeakReports: (() => Promise<void>) | undefined;
  let endJournal: (() => Promise<void>) | undefined;
  let endRetention: (() => Promise<void>) | undefined;
  let endWatch: (() => Promise<void>) | undefined;
  endInOrder({
    stop: async (lameDuckMs) => {
      const working = [endOperations?.(), endLeakReports?.(), endRetention?.(), endWatch?.()];
      await Promise.all([listener?.close(lameDuckMs), ...working]);
      await endJournal?.();
    },
  });
  const { portal: at, url, trustedProxies, databaseUrl, databaseRetentionUrl, retention } = env();
  process.env.NEXTAUTH_URL = url;
  // Next looks for the server of its requests to serve WebSockets on it: it gets one that never listens.
  const { hostname, port, protocol } = new URL(url);
  const app = next({
    dev: false,
    dir: projectFolder(),
    quiet: true,
    hostname,
    port: Number(port) || (protocol === "https:" ? 443 : 80),
    httpServer: createServer(),
  });
  await app.prepare();
  const handle = gate({ url, trustedProxies, absences, answers: askingWhether(databaseUrl) }, app.getRequestHandler());
  // So that the log knows the prefixes of secrets; where it cannot be read now, the next to read it says them.
  readInstallationFacts(database()).catch(() => undefined);
  endWatch = watchLeases(database());
  endJournal = keepJournal(database(), { ...journalPlace(), url, portal: at });
  listener = await listen({
    name: "portal",
    bind: at.bind,
    port: at.port,
    portVariable: "PORTAL_PORT",
    maxHeaderBytes: HEADER_LIMIT_BYTES,
    handle: (request, response) => {
      handle(request, response).catch((error: unknown) => {
        const trace = readTrace(valuesOf(request.rawHeaders, "traceparent"));
        log.error("portal.unexpected", { error, path: request.url, method: request.method, ...trace });
        if (!response.headersSent) response.writeHead(500).end();
        else response.destroy();
      });
    },
  });
  endOperations = workOnOperations(database());
  endLeakReports = workOnLeakReports(database());
  endRetention = keepRetention(databaseRetentionUrl ?? databaseUrl, retention);
  log.info("portal.ready", { address: listener.address, url });
  tell({ kind: "ready", addresses: { portal: listener.address } });
}

await atTheEdge(portal);
