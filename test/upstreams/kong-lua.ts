import type { Lines } from "./edge";
import { standIns, startLuaService, type Words } from "./lua-service";

/** What Kong would show to a function of its plugin `pre-function`. */
export type KongRequest = {
  readonly method: string;
  readonly lines: Lines;
  /** As in kong.ctx.shared, from the phase before. */
  readonly shared: string;
  /** Of nginx: request_uri, args, is_args, upstream_uri and the like. */
  readonly variables: Readonly<Record<string, string>>;
  readonly route: string;
};

/** What such a function did, in its order: each an order with a name and values. */
export type KongOrders = readonly Words[];

type Phase = "access" | "header_filter";

/** Runs functions for Kong, each request with a new one; resty.http is the one stand-in that does something: it asks over a connection. */
export async function startKongLua(functions: Readonly<Record<Phase, string>>) {
  const quoted = Object.entries(functions).map(([phase, text]) => `  ${phase} = [=====[\n${text}]=====],`);
  const harness = `FUNCTIONS = {\n${quoted.join("\n")}\n}\n${standIns("lua-words.lua")}${standIns("kong-stand-ins.lua")}`;
  const { ask, ...running } = await startLuaService("kong", harness);
  return { ...running, run: (phase: Phase, asked: KongRequest) => ask(told(phase, asked)) };
}

const told = (phase: Phase, { method, lines, shared, variables, route }: KongRequest): Words[] => [
  ["phase", phase],
  ["method", method],
  ["route", route],
  ["shared", shared],
  ...Object.entries(variables).map(([name, value]) => ["variable", name, value]),
  ...lines.map(([name, value]) => ["header", name, value]),
];
