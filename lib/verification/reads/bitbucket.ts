import type { KindPaths } from "./kind";

/** Bitbucket, Data Center. The vendor, too, accepts tokens on `/rest` and `/scm` only (8.9.22, 8.19.12, 9.3.2). */
export const BITBUCKET: KindPaths = {
  reached: ["/rest/**", "/scm/**"],
  never: {
    "opens a session": ["/rest/auth/**", "/rest/tsv/**"],
    "mints another credential": [
      "/rest/access-tokens/**",
      "/rest/keys/**",
      "/rest/ssh/**",
      "/rest/gpg/**",
      "/rest/oauth2/**",
      "/rest/secrets/**",
      "/rest/api/*/users/credentials*",
      "/rest/api/*/admin/users/credentials*",
    ],
    "hands out a token for uploading plug-ins": ["/rest/plugins/**"],
  },
  unlessListed: ["/rest/api/*/admin/**", "/rest/scriptrunner/**", "/plugins/**"],
  reads: [
    // git clone and fetch: GET info/refs, then one or two of these. Bodies say nothing that changes the repository.
    "POST /scm/*/git-upload-pack",
    "POST /scm/*/*/git-upload-pack",
    // Downloading needs it; the upload that follows is a PUT.
    "POST /scm/*/*/info/lfs/objects/batch",
    "POST /rest/search/latest/search",
    "POST /rest/api/1.0/markup/preview",
    "POST /rest/api/latest/markup/preview",
    "POST /rest/build-status/1.0/commits/stats",
    "POST /rest/build-status/latest/commits/stats",
  ],
  writes: ["/logout", "/j_atl_security_logout", "/plugins/**", "/rest/scriptrunner/**"],
};
