import { Buffer } from "node:buffer";
import fc from "fast-check";

/** How others read the same path. Null: they refuse it. */
export type Reader = (rawPath: string) => readonly string[] | null;

function decode(text: string): string {
  const bytes = text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function resolve(segments: readonly string[]): readonly string[] {
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === "..") resolved.pop();
    else if (segment !== "" && segment !== ".") resolved.push(segment);
  }
  return resolved;
}

/** Tomcat: cuts parameters, decodes, refuses escaped slashes and backslashes, then merges and resolves. */
export const tomcat: Reader = (rawPath) => {
  const path = rawPath.replace(/;[^/]*/g, "");
  if (/%(2f|5c|00)/i.test(path) || path.includes("\\")) return null;
  return resolve(decode(path).split("/"));
};

/** nginx choosing a location: decodes all, then merges and resolves; knows no parameters. */
export const nginx: Reader = (rawPath) => resolve(decode(rawPath).split("/"));

/** A proxy that compares bytes: decodes nothing, merges nothing but what is empty. */
const literal: Reader = (rawPath) =>
  rawPath
    .split("/")
    .filter((part) => part !== "")
    .map((part) => decode(part));

/** The most obliging upstream: decodes twice, takes backslashes for slashes and full-width for half-width, cuts parameters last. */
const obliging: Reader = (rawPath) => {
  const twice = decode(decode(rawPath)).normalize("NFKC").replaceAll("\\", "/");
  return resolve(twice.replace(/;[^/]*/g, "").split("/"));
};

/** Gateways and upstreams, as far as they differ in reading a path. */
export const READERS: Readonly<Record<string, Reader>> = { tomcat, nginx, literal, obliging };

/** Names as they are on lists, and everything that has ever fooled somebody between them. */
const piece = fc.constantFrom(
  ...[
    "/",
    "//",
    "rest",
    "api",
    "2",
    "search",
    "secure",
    "admin",
    "auth",
    "session",
    ".",
    "..",
    "...",
    ";",
    ";x=1",
    "%3b",
    "%2f",
    "%2F",
  ],
  ...[
    "%5c",
    "\\",
    "%2e",
    "%2E%2e",
    "%252e",
    "%252f",
    "%25",
    "%20",
    "%41",
    "%c0%ae",
    "%EF%BC%8E",
    "%EF%BC%8F",
    "%E2%80%A6",
    "~",
    "$",
    "*",
    "+",
  ],
);
/** Request paths made of them. */
export const doubtfulPath = fc.array(piece, { minLength: 1, maxLength: 14 }).map((parts) => `/${parts.join("")}`);
