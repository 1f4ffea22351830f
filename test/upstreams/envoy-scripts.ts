import { type Answered, type Arrived, type Lines, replaced, valuesIn, without } from "./edge";
import { standIns, startLuaService, type Words } from "./lua-service";

/** What a script noted for those after it: namespace, key and value. No client can write there. */
export type Noted = readonly Words[];
/** A request between two filters. */
export type Passing = Arrived & { readonly noted: Noted };

/** Emulates Envoy's Lua filters: scripts run as they are, each in a state of its own. */
export async function startEnvoyScripts(scripts: Readonly<Record<string, string>>) {
  const quoted = Object.entries(scripts).map(([name, text]) => `  ["${name}"] = [=====[\n${text}]=====],`);
  const parts = ["lua-words.lua", "envoy-stand-ins.lua", "envoy-service.lua"].map(standIns);
  const { ask, stop } = await startLuaService("envoy", `SCRIPTS = {\n${quoted.join("\n")}\n}\n${parts.join("")}`);
  const run = (name: string, phase: string, lines: Lines, noted: Noted) =>
    ask([
      ["script", name],
      ["phase", phase],
      ...lines.map(([header, value]) => ["header", header, value]),
      ...noted.map((each) => ["noted", ...each]),
    ]);

  return {
    stop,
    /** What a script makes of a request: an answer of its own, or other headers and what it noted. */
    async onRequest(name: string, { noted, ...asked }: Passing): Promise<Passing | Answered> {
      const [authority = ""] = valuesIn(asked.lines, "host");
      const pseudo: Lines = [
        [":authority", authority],
        [":method", asked.method],
        [":path", asked.url],
      ];
      const rest = without(asked.lines, (header) => header === "host");
      const orders = await run(name, "envoy_on_request", [...pseudo, ...rest], noted);
      const [answered] = of(orders, "respond");
      if (answered !== undefined) return { answered: { status: Number(answered[0]), lines: [], body: "" } };
      return { ...asked, lines: applied(orders, asked.lines), noted: [...noted, ...of(orders, "note")] };
    },
    /** What it does with the headers of the answer, whatever they are. */
    async onResponse(name: string, noted: Noted): Promise<(lines: Lines) => Lines> {
      const orders = await run(name, "envoy_on_response", [], noted);
      return (lines) => applied(orders, lines);
    },
  };
}

const of = (orders: readonly Words[], order: string): Words[] =>
  orders.flatMap(([each, ...words]) => (each === order ? [words] : []));

const applied = (orders: readonly Words[], lines: Lines): Lines =>
  orders.reduce((now, [order, name = "", value = ""]) => {
    const lower = name.toLowerCase();
    if (order === "replace") return replaced(now, lower, value);
    if (order === "add") return now.concat([[lower, value]]);
    return order === "remove" ? without(now, (each) => each === lower) : now;
  }, lines);
