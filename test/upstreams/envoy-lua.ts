import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { projectFolder } from "#server/project";
import { standIns } from "./lua-service";
import { makeDirectory } from "./workspace";

// The emulation of Envoy tells the script's work a second time. Here the scripts themselves run, in the Lua of HAProxy, which
// checks a configuration by loading its scripts, with stand-ins for what Envoy hands to them.

const LUA = "envoy.filters.http.lua";
type Filter = { name: string; typed_config: { default_source_code: { inline_string: string } } };
type Patch = { patch: { value: Filter } };

/** A shipped file of gateways/. */
export const shipped = (file: string): string => readFileSync(join(projectFolder(), "gateways", file), "utf8");
const filters = (file: string): Filter[] =>
  parse(shipped(file)).static_resources.listeners[0].filter_chains[0].filters[0].typed_config.http_filters;
const scriptOf = (found: Filter | undefined): string => found?.typed_config.default_source_code.inline_string ?? "";
const envoyScript = (file: string) => scriptOf(filters(file).find(({ name }) => name === LUA));
const istioScript = (wanted: string): string => {
  const patches: Patch[] = parseAllDocuments(shipped("istio/latchkey.yaml"))
    .map((document) => document.toJS())
    .find(({ kind }) => kind === "EnvoyFilter").spec.configPatches;
  return scriptOf(patches.map(({ patch }) => patch.value).find(({ name }) => name === wanted));
};

/** The scripts as they are shipped. */
export const SCRIPTS = {
  "Envoy by HTTP": envoyScript("envoy/http.yaml"),
  "Envoy by gRPC": envoyScript("envoy/grpc.yaml"),
  Istio: istioScript(LUA),
};

/** Istio's other one, which runs before its policy. */
export const ISTIO_ASKS: string = istioScript("latchkey.asks");

/** Runs a script and then Lua of the test. @returns what went wrong, if anything did */
export function run(script: string, checks: string): string[] {
  const directory = makeDirectory("envoy-script");
  const [lua, configuration] = [join(directory.path, "script.lua"), join(directory.path, "haproxy.cfg")];
  writeFileSync(lua, [script, standIns("envoy-stand-ins.lua"), checks].join("\n"));
  writeFileSync(
    configuration,
    `global\n  lua-load ${lua}\ndefaults\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\nlisten nobody\n  mode http\n  bind 127.0.0.1:9\n`,
  );
  const { status, stderr, error } = spawnSync("haproxy", ["-c", "-f", configuration], { encoding: "utf8" });
  directory.remove();
  if (error) throw new Error("haproxy cannot be started. Install it: apt-get install haproxy", { cause: error });
  const wrong = stderr.match(/^.*(?:Lua|lua|error).*$/gm) ?? [];
  return status === 0 ? [...wrong] : [`it ended with ${status}`, ...wrong];
}
