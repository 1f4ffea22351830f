import type { ApplicationKind, ReadPack } from "#lib/applications/application";

/** What commonly is needed beyond what a kind opens to tokens: an administrator chooses it by name. */
export type Pack = {
  readonly kinds: readonly ApplicationKind[];
  /** What it opens, for people. */
  readonly opens: string;
  /** Who needs it. */
  readonly client: string;
  /** Paths that tokens reach with it. */
  readonly reached: readonly string[];
  /** Requests that only read: `METHOD /pattern`. They are reads although the kind takes them for writes. */
  readonly reads: readonly string[];
};

const either = (paths: readonly string[], ...methods: readonly string[]): string[] =>
  paths.flatMap((path) => methods.map((method) => `${method} ${path}`));

const WEBDAV = "/plugins/servlet/confluence/**";
const CLOUD = "/rest/api/*";

export const READ_PACKS: Readonly<Record<ReadPack, Pack>> = {
  feeds: {
    kinds: ["jira"],
    opens: "Issues and filters as XML, RSS and CSV (/sr, /si)",
    client: "feed readers; Excel and Power Query, with a link exported from the issue navigator",
    reached: ["/sr/**", "/si/**"],
    reads: [],
  },
  avatars: {
    kinds: ["jira", "confluence", "bitbucket"],
    opens: "Pictures of people and projects",
    client: "chat bots and dashboards that show `avatarUrls` as they came",
    reached: [
      "/secure/useravatar",
      "/secure/projectavatar",
      "/secure/viewavatar",
      "/images/icons/profilepics/**",
      "/users/*/avatar.png",
      "/projects/*/avatar.png",
    ],
    reads: [],
  },
  webdav: {
    kinds: ["confluence"],
    opens: "Spaces and pages as folders (the WebDAV plug-in)",
    client: "Windows Explorer, davfs2, rclone",
    reached: [WEBDAV],
    reads: either([WEBDAV], "GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT", "SEARCH"),
  },
  tempo: {
    kinds: ["jira"],
    opens: "Searching for worklogs in Tempo Timesheets",
    client: "time reports and connectors for Power BI",
    reached: [],
    reads: ["POST /rest/tempo-timesheets/*/worklogs/search"],
  },
  assets: {
    kinds: ["jira"],
    opens: "Searching for objects in Assets (Insight)",
    client: "inventories that ask by AQL or IQL",
    reached: [],
    reads: either(
      ["assets", "insight"].flatMap((app) =>
        ["navlist/aql", "navlist/iql", "aql"].map((what) => `/rest/${app}/1.0/object/${what}`),
      ),
      "POST",
    ),
  },
  structure: {
    kinds: ["jira"],
    opens: "Reading values of structures (Structure)",
    client: "reports and exports that read what Structure shows in its columns",
    reached: [],
    reads: ["POST /rest/structure/2.0/value"],
  },
  "jira-cloud-like": {
    kinds: ["jira"],
    opens: "What clients of Jira Cloud read by POST",
    client: "jira.js 5 and 6 with their enhanced search",
    reached: [],
    reads: either(
      [
        ...["search/jql", "search/approximate-count", "search/id"],
        ...["expression/eval", "expression/evaluate", "expression/analyse"],
        ...["issue/bulkfetch", "changelog/bulkfetch", "comment/list", "worklog/list", "issue/*/changelog/list"],
        ...["jql/parse", "jql/match", "jql/sanitize", "jql/autocompletedata", "jql/pdcleaner"],
        ...["permissions/check", "workflows/preview"],
      ].map((what) => `${CLOUD}/${what}`),
      "POST",
    ),
  },
};

/** The packs, in the order in which they are shown. */
export const PACK_NAMES = Object.keys(READ_PACKS).filter((name): name is ReadPack => name in READ_PACKS);
