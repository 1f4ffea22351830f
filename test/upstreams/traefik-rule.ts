import { type Arrived, valuesIn } from "./edge";

const TOKEN = /\s*(&&|\|\||!|\(|\)|[A-Za-z]+(?=\()|`[^`]*`|,)/y;

/** Go writes `(?i)` in front, JavaScript behind. */
const matches = (regex: string, value: string): boolean =>
  regex.startsWith("(?i)") ? new RegExp(regex.slice(4), "i").test(value) : new RegExp(regex).test(value);

/** What Traefik's matchers say of a request, with their names and arguments. */
function says(name: string, [first = "", second = ""]: readonly string[], { method, url, lines }: Arrived): boolean {
  const [path = "", query = ""] = [url.split("?")[0], url.split("?").slice(1).join("?")];
  switch (name) {
    case "Host":
      return valuesIn(lines, "host").some(
        (host) => host.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "") === first,
      );
    case "Method":
      return method === first;
    case "HeaderRegexp":
      return valuesIn(lines, first.toLowerCase()).some((value) => matches(second, value));
    case "QueryRegexp":
      return new URLSearchParams(query).getAll(first).some((value) => matches(second, value));
    case "PathRegexp":
      return matches(first, unreserved(path));
    default:
      throw new Error(`The emulation knows no matcher ${name}`);
  }
}

/** Letters and the like unescaped, reserved characters not. */
export const unreserved = (path: string): string =>
  path.replace(/%([0-9A-Fa-f]{2})/g, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : escaped;
  });

/** Whether a rule of Traefik v3 holds: matchers with `!`, `&&`, `||` and parentheses. */
export function ruleHolds(rule: string, arrived: Arrived): boolean {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(rule); found !== null; found = TOKEN.exec(rule)) tokens.push(found[1] ?? "");
  if (tokens.join("").replaceAll(" ", "") !== rule.replaceAll(" ", "")) throw new Error(`Unreadable rule: ${rule}`);
  let at = 0;
  const next = () => tokens[at++] ?? "";
  const one = (): boolean => {
    const token = next();
    if (token === "!") return !one();
    if (token === "(") {
      const inner = either();
      next();
      return inner;
    }
    next();
    const values: string[] = [];
    for (let each = next(); each !== ")"; each = next()) if (each !== ",") values.push(each.slice(1, -1));
    return says(token, values, arrived);
  };
  const both = (): boolean => {
    let holds = one();
    while (tokens[at] === "&&") {
      at += 1;
      const also = one();
      holds = holds && also;
    }
    return holds;
  };
  const either = (): boolean => {
    let holds = both();
    while (tokens[at] === "||") {
      at += 1;
      const also = both();
      holds = holds || also;
    }
    return holds;
  };
  return either();
}
