/**
 * The single alternatives of a regular expression's source: `^(a|b)/c|d` is `^(?:a)/c`, `^(?:b)/c` and `d`. For the plain
 * expressions of dependency rules: groups, classes and escapes, no lookaround.
 */
export function alternatives(source: string): string[] {
  const branches = atTop(source, "|");
  if (branches.length > 1) return branches.flatMap(alternatives);
  const groups = groupsOf(source);
  if (groups.length === 0) return [source];
  return groups.flatMap(({ start, end }) => {
    const inner = source.slice(start + 1, end).replace(/^\?:/, "");
    return alternatives(inner).map((each) => `${source.slice(0, start)}(?:${each})${source.slice(end + 1)}`);
  });
}

/** Walks what is neither escaped nor in a class, with the depth of groups that it stands in. */
function* plain(source: string): Generator<{ at: number; char: string; depth: number }> {
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? "";
    if (char === "\\") at += 1;
    else if (inClass) inClass = char !== "]";
    else if (char === "[") inClass = true;
    else {
      if (char === ")") depth -= 1;
      yield { at, char, depth };
      if (char === "(") depth += 1;
    }
  }
}

function atTop(source: string, separator: string): string[] {
  const cuts = [...plain(source)].filter(({ char, depth }) => depth === 0 && char === separator).map(({ at }) => at);
  return [...cuts, source.length].map((cut, index) => source.slice((cuts[index - 1] ?? -1) + 1, cut));
}

function groupsOf(source: string): { start: number; end: number }[] {
  const outer = [...plain(source)].filter(({ char, depth }) => depth === 0 && (char === "(" || char === ")"));
  return outer.flatMap(({ at: start, char }, index) =>
    char === "(" ? [{ start, end: outer[index + 1]?.at ?? source.length }] : [],
  );
}
