import type { FilterMode, FilterRule } from "#lib/applications/application";

type FilterRuleWords = {
  /** What it recognises, in a sentence. */
  readonly refuses: string;
  /** What it does to tokens unless the application says otherwise. */
  readonly preset: FilterMode;
  /** Which good requests it may hit. */
  readonly risk: string;
};

/**
 * What a path carries that gateway and upstream may read differently, or that attacks are made of: the filter rules that
 * an application may set. Their evidence is in the path table of docs/verification.md.
 */
export const PATH_FILTER: Readonly<Record<FilterRule, FilterRuleWords>> = {
  utf8: {
    refuses: "An escaped part is not UTF-8.",
    preset: "block",
    risk: "old links in Latin-1 (`%E4`)",
  },
  semicolon: {
    refuses: "A semicolon: servlet containers cut the segment there.",
    preset: "block",
    risk: "`;jsessionid=`; property keys that jira.js does not escape",
  },
  enc_semicolon: {
    refuses: "An escaped semicolon: some containers cut the segment there.",
    preset: "block",
    risk: "names of files and pages with a semicolon",
  },
  enc_slash: {
    refuses: "An escaped slash: one segment for some, two for others.",
    preset: "block",
    risk: "GitLab’s project ids, branches like `feature%2Fx`, packages of npm with a scope",
  },
  backslash: {
    refuses: "A backslash: a slash for some.",
    preset: "block",
    risk: "`DOMAIN\\user` in a path",
  },
  double_encoding: {
    refuses: "Escaped twice: whoever decodes once more reads another path.",
    preset: "block",
    risk: "pages with a title like `%41`",
  },
  empty_segment: {
    refuses: "Two slashes in a row: most take them for one.",
    preset: "off",
    risk: "jira-client with a base that ends in a slash sends them with every request",
  },
  expression: {
    refuses: "The opening of an expression of a template language.",
    preset: "block",
    risk: "pages and files about templates",
  },
  web_inf: {
    refuses: "WEB-INF or META-INF: the inside of a Java application.",
    preset: "block",
    risk: "files of Java applications, outside Bitbucket",
  },
  homoglyph: {
    refuses: "A character that becomes a path delimiter when normalised.",
    preset: "block",
    risk: "Chinese, Japanese or Korean page titles with full-width punctuation",
  },
  raw_delims: {
    refuses: "A character that RFC 3986 does not allow in a path.",
    preset: "block",
    risk: "nothing that browsers and libraries send: they escape these",
  },
  url_override: {
    refuses: "X-Original-URL or X-Rewrite-URL with another path, or X-Forwarded-Prefix: some upstreams read it there.",
    preset: "block",
    risk: "a proxy in front of the gateway that sets one of them",
  },
};

export const FILTER_RULES = Object.keys(PATH_FILTER).filter((rule): rule is FilterRule => rule in PATH_FILTER);
export const FILTER_MODES = ["off", "observe", "block"] as const satisfies readonly FilterMode[];

/** What each filter rule does to tokens. */
export type PathFilter = Readonly<Record<FilterRule, FilterMode>>;

/** The presets, and what an application sets instead. */
export function filterOf(set: Readonly<Partial<PathFilter>>): PathFilter {
  const presets = Object.fromEntries(FILTER_RULES.map((rule) => [rule, PATH_FILTER[rule].preset]));
  return { ...(presets as PathFilter), ...set };
}
