import { now } from "#lib/clock";
import { PEOPLE } from "./demo/cast";
import { prepareDemo } from "./demo/prepare";
import { atTheEdge } from "./edge";
import { configured } from "./installation";

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Makes the demo; the start that follows in this process finds the environment as it was. */
async function demo(): Promise<void> {
  process.env.LATCHKEY_DATA_DIR ||= "./data/demo";
  const before = { DATABASE_URL: process.env.DATABASE_URL, LATCHKEY_SECRET: process.env.LATCHKEY_SECRET };
  say("The demo: a small company with a month behind it.");
  const { passwords, path, isNew } = await prepareDemo(configured(), say, now());
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  if (isNew) {
    for (const { username, is } of PEOPLE) {
      say(`  ${username.padEnd(16)}${(passwords.get(username) ?? "").padEnd(18)}${is}`);
    }
    say("Administrator and auditor add an authenticator app or a passkey when they first sign in.");
  }
  say(`The passwords are in ${path}.`);
}

await atTheEdge(demo);
