// The programs that the tests run against: real gateways, a real browser, real git. None is ever skipped: what is
// missing is installed where that is possible, and named with the command that installs it where it is not.
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Program → Debian package. */
const TOOLS = {
  nginx: "nginx",
  caddy: "caddy",
  haproxy: "haproxy",
  apache2: "apache2 lua-socket",
  "lua-sec": "lua-sec",
  git: "git",
  curl: "curl",
  radicale: "radicale",
  "python3-jira": "python3-jira",
  mod_oauth2: "libapache2-mod-oauth2",
  java: "default-jre-headless",
  Tomcat: "libtomcat10-embed-java",
  mod_auth_openidc: "libapache2-mod-auth-openidc",
  chromium: "chromium",
  "redis-server": "redis-server",
  prlimit: "util-linux",
};

/** What only `npm run faults` needs: clocks that jump. */
export const CLOCKS = { faketime: "faketime" };

/** Those that are no program of their own, by a file of theirs. */
const FILES = {
  "python3-jira": "/usr/lib/python3/dist-packages/jira/__init__.py",
  "lua-sec": "/usr/share/lua/5.3/ssl.lua",
  mod_oauth2: "/usr/lib/apache2/modules/mod_oauth2.so",
  Tomcat: "/usr/share/java/tomcat10-embed-core.jar",
  mod_auth_openidc: "/usr/lib/apache2/modules/mod_auth_openidc.so",
};

/** Names where services of a freshly installed package would be started: nginx must not take port 80 of a machine. */
const POLICY = "/usr/sbin/policy-rc.d";

/**
 * Installs what is missing.
 * @param {(sentence: string) => void} say tells about progress
 * @param {Record<string, string>} more programs, with their packages, beyond those that all tests need
 * @throws an Error whose message is the command to run, where this process may not install
 */
export function ensureTools(say, more = {}) {
  const tools = { ...TOOLS, ...more };
  const missing = Object.keys(tools).filter((tool) => !isThere(tool));
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tools[tool]);
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (process.getuid?.() !== 0 || !isThere("apt-get")) {
    const elsewhere =
      process.platform === "darwin" ? ", or: brew install nginx git && npx playwright install chromium" : "";
    throw new Error(`The tests need ${missing.join(", ")}. Install: sudo sh -c '${command}'${elsewhere}`);
  }
  say(`Installing ${packages.join(", ")} with apt-get`);
  installQuietly(command);
  const still = missing.filter((tool) => !isThere(tool));
  if (still.length > 0) throw new Error(`${still.join(", ")} could not be installed. Try it by hand: ${command}`);
}

function installQuietly(command) {
  const ours = !existsSync(POLICY);
  if (ours) {
    writeFileSync(POLICY, "#!/bin/sh\nexit 101\n");
    chmodSync(POLICY, 0o755);
  }
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const done = spawnSync("sh", ["-c", command], { env, encoding: "utf8", maxBuffer: 1e8 });
    if (done.status !== 0) throw new Error(`${command}\n${done.stdout.slice(-2_000)}${done.stderr.slice(-2_000)}`);
  } finally {
    if (ours) rmSync(POLICY);
  }
}

/** A browser may also be one that Playwright installed; then CHROMIUM_PATH or its own folder says where. */
function isThere(tool) {
  if (tool === "chromium" && process.env.CHROMIUM_PATH) return existsSync(process.env.CHROMIUM_PATH);
  if (tool in FILES) return existsSync(FILES[tool]);
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [...folders, "/usr/sbin", "/sbin"].some((folder) => isExecutable(join(folder, tool)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
