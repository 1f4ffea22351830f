import type { KindPaths } from "./kind";

/** Anything else over HTTP. What is a read is what HTTP and WebDAV (RFC 4918, 3253, 5323) call safe, and what git does. */
export const GENERIC: KindPaths = {
  reached: ["/**"],
  never: { "opens a session": ["/rest/auth/*/session*"] },
  unlessListed: [],
  reads: ["PROPFIND /**", "REPORT /**", "SEARCH /**", "POST /**/git-upload-pack", "POST /**/info/lfs/objects/batch"],
  writes: [],
};
