import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PEOPLE } from "./cast";

/** Where the passwords of the cast are kept, readable by nobody else; half-made until the story has been told. */
const FILE = "demo-passwords";

/** `installation`: whose people they are, by the id in its database. */
export type Keys = {
  readonly passwords: ReadonlyMap<string, string>;
  readonly path: string;
  readonly installation: string;
};

const textOf = (installation: string, passwords: ReadonlyMap<string, string>): string =>
  [["installation", installation], ...passwords].map(([username, password]) => `${username} ${password}\n`).join("");

/** The passwords of a demo that is there; null where there is none. */
export function keptKeys(dataFolder: string): Keys | null {
  const path = join(dataFolder, FILE);
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  const [[, installation = ""] = [], ...people] = lines.map((line) => line.split(" "));
  return {
    path,
    installation,
    passwords: new Map(people.map(([username = "", password = ""]) => [username, password])),
  };
}

/** Whether a demo was begun here and not finished. */
export const isHalfMade = (dataFolder: string): boolean => existsSync(join(dataFolder, `${FILE}.half-made`));

/** New random passwords. They are written at once, so that whoever ends it half-way is not locked out of what is there. */
export function newKeys(dataFolder: string, installation: string): Keys & { readonly finish: () => void } {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, FILE);
  const passwords = new Map(PEOPLE.map(({ username }) => [username, randomBytes(12).toString("base64url")]));
  writeFileSync(`${path}.half-made`, textOf(installation, passwords), { mode: 0o600, flag: "wx" });
  return { passwords, path, installation, finish: () => renameSync(`${path}.half-made`, path) };
}
