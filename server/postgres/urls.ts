import { existsSync } from "node:fs";
import { join } from "node:path";
import { StartFailure } from "#server/start-failure";
import { type Passwords, readPasswords } from "./create";
import { placeIn } from "./place";
import { readPostmaster } from "./postmaster";
import { DATABASE, ROLES } from "./roles";

/** Where an embedded database is for each of its roles. */
export type Urls = {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly portalUrl: string;
  readonly verifierUrl: string;
  readonly retentionUrl: string;
};

const urlFor = (user: string, password: string, database: string, port: number): string =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;

/** The URLs of a server at this port. */
export const urlsOf = (passwords: Passwords, port: number): Urls => ({
  adminUrl: urlFor("postgres", passwords.admin, "postgres", port),
  ownerUrl: urlFor(ROLES.owner, passwords.owner, DATABASE, port),
  portalUrl: urlFor(ROLES.portal, passwords.portal, DATABASE, port),
  verifierUrl: urlFor(ROLES.verifier, passwords.verifier, DATABASE, port),
  retentionUrl: urlFor(ROLES.retention, passwords.retention, DATABASE, port),
});

/** The URLs of the embedded database that somebody else runs in this data folder. Throws a StartFailure if nobody does. */
export function runningUrls(dataFolder: string): Urls {
  const absent = new StartFailure(
    `No embedded database runs in ${dataFolder}: run npm start there first, or set DATABASE_VERIFIER_URL to the database of another installation.`,
  );
  if (!existsSync(join(dataFolder, "postgres", "cluster"))) throw absent;
  const place = placeIn(dataFolder);
  const server = readPostmaster(place.cluster);
  if (!server) throw absent;
  return urlsOf(readPasswords(place), server.port);
}
