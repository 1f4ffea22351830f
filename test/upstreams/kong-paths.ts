/** What Kong leaves escaped, because it has a meaning of its own in an address (kong/tools/uri.lua). */
const RESERVED = "!*'();:@&=+$,/?%#[]";
const ELSE = /[^!#$&'()*+,/:;=?@[\]A-Z\d\-_.~%]/gi;

const decoded = (path: string): string =>
  path.replace(/%([\dA-F]{2})/gi, (found, hex: string) => {
    const letter = String.fromCharCode(Number.parseInt(hex, 16));
    return RESERVED.includes(letter) ? found.toUpperCase() : letter;
  });

/** Dots and double slashes are resolved; what leads above the root stays there. */
function resolved(path: string): string {
  const segments: string[] = [];
  const parts = path.split("/").slice(1);
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    if (part === "..") segments.pop();
    if (part === "." || part === "..") {
      if (isLast) segments.push("");
    } else if (part !== "" || isLast) segments.push(part);
  }
  return `/${segments.join("/")}`;
}

/** The path as Kong sends it where its route strips nothing and its service has none: byte strings, not text. */
export const sentUri = (path: string): string =>
  resolved(decoded(Buffer.from(path, "utf8").toString("latin1"))).replace(
    ELSE,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
