import { type Arrived, valuesIn } from "./edge";

type Operation = { methods: string[]; notHosts?: string[] };
type Condition = { key: string; values?: string[]; notValues?: string[] };
export type Policy = { action: string; rules: [{ to: [{ operation: Operation }]; when?: Condition[] }] };

/** How Istio reads a value: a star alone is anything there is, one at an end stands for the rest. */
function means(pattern: string, value: string): boolean {
  if (pattern === "*") return true;
  if (pattern.endsWith("*")) return value.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("*") ? value.endsWith(pattern.slice(1)) : value === pattern;
}

/** Of a header that is not there nothing holds that is wanted, and everything that is not. */
function holds({ key, values, notValues, ...others }: Condition, { lines }: Arrived): boolean {
  const [, name = ""] = /^request\.headers\[([^\]]+)\]$/.exec(key) ?? [];
  if (name === "" || Object.keys(others).length > 0 || !(values || notValues)) throw new Error("not emulated");
  const said = valuesIn(lines, name.toLowerCase());
  const isAny = (patterns: readonly string[]) =>
    said.length > 0 && patterns.some((pattern) => means(pattern, said.join(",")));
  return (values === undefined || isAny(values)) && (notValues === undefined || !isAny(notValues));
}

/** An AuthorizationPolicy: whether its provider is asked about a request. The case of an `:authority` does not count. */
export function policyOf({ action, rules }: Policy): (arrived: Arrived) => boolean {
  const [{ to, when = [], ...others }] = rules;
  const [{ operation }] = to;
  const { methods, notHosts = [], ...more } = operation;
  const unread = [...Object.keys(others), ...Object.keys(more)].length + rules.length + to.length;
  if (action !== "CUSTOM" || methods.join() !== "*" || unread !== 2) throw new Error("not emulated");
  return (arrived) => {
    const [authority = ""] = valuesIn(arrived.lines, "host");
    const isNamed = notHosts.some((pattern) => means(pattern, authority.toLowerCase()));
    return !isNamed && when.every((condition) => holds(condition, arrived));
  };
}
