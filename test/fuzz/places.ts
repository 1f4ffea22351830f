import { READERS } from "#test/path-readers";

/*
 * Where paths lead and what they do there, in the applications of these tests: Jira at `/`, something else at `/docs`,
 * Bitbucket at `/git`, Confluence at `/wiki`. Nothing here has been read in lib/verification.
 */

export const PLACES = ["jira", "docs", "git", "wiki"] as const;
export type Place = (typeof PLACES)[number];

/** What tokens reach there, and what below `rest` mints credentials or opens sessions. */
const OPEN: Readonly<Record<Exclude<Place, "docs">, readonly string[]>> = {
  jira: ["rest", "download"],
  git: ["rest", "scm"],
  wiki: ["rest", "download"],
};
const CLOSED: Readonly<Record<Exclude<Place, "docs">, readonly string[]>> = {
  jira: ["auth", "pat", "oauth2", "plugins"],
  git: ["auth", "access-tokens", "keys", "ssh", "gpg", "oauth2", "secrets", "plugins"],
  wiki: ["auth", "pat", "oauth2", "plugins"],
};

/** Where a path leads that is read as these segments; null where no token may go. */
export function placeOf(segments: readonly string[]): Place | null {
  const [context = ""] = segments;
  const place = PLACES.find((each) => each === context && each !== "jira") ?? "jira";
  const [first = "", second = ""] = place === "jira" ? segments : segments.slice(1);
  if (segments.some((each) => each === ".." || each === ".")) return null;
  // A file in a repository may be called anything.
  if (place !== "git" && segments.some((each) => /^(web|meta)-inf$/i.test(each))) return null;
  if (place === "docs") return "docs";
  if (OPEN[place].includes(first)) return first === "rest" && CLOSED[place].includes(second) ? null : place;
  return place === "jira" && first === "secure" && (second === "attachment" || second === "thumbnail") ? "jira" : null;
}

/** How everybody reads a path who reads it at all. */
const readings = (path: string): (readonly string[])[] =>
  Object.values(READERS).flatMap((read) => {
    const segments = read(path);
    return segments === null ? [] : [segments];
  });

/** The one place to which everybody who reads the path is led; null where that is none, or several. */
export function placeForAll(path: string): Place | null {
  const [place, ...more] = new Set(readings(path).map(placeOf));
  return more.length > 0 ? null : (place ?? null);
}

/** What is sent by POST or another method and changes nothing. */
const READS: Readonly<Record<Place, RegExp>> = {
  jira: /^POST rest\/api\/(2|latest)\/(search|worklog\/list)$/,
  docs: /^(PROPFIND|REPORT|SEARCH) docs(\/|$)|^POST docs\/(.+\/)?(git-upload-pack|info\/lfs\/objects\/batch)$/,
  git: /^POST git\/(scm\/([^/]+\/)?[^/]+\/git-upload-pack|scm\/[^/]+\/[^/]+\/info\/lfs\/objects\/batch|rest\/)/,
  wiki: /^POST wiki\/rest\/api\/contentbody\/convert\/[^/]+$/,
};
/** What changes something although it is only fetched. */
const WRITES: Readonly<Record<Place, RegExp>> = {
  jira: /\.jspa$/,
  docs: /^$/,
  git: /\/info\/refs ([^ ]*[&;])?service=git-receive-pack/,
  wiki: /\.(action|vm)$/,
};

/**
 * Whether a request with this method reads there, as its path stands.
 * @param query with its escapes
 */
export function reads(place: Place, method: string, path: string, query: string): boolean {
  const said = READERS.literal?.(path)?.join("/") ?? "";
  if (!["GET", "HEAD", "OPTIONS"].includes(method)) return READS[place].test(`${method} ${said}`);
  return !WRITES[place].test(said) && !WRITES[place].test(`${said} ${query}`);
}
