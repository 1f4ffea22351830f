import type { KindPaths } from "./kind";

/** Confluence, Data Center. CQL searches are GETs. */
export const CONFLUENCE: KindPaths = {
  reached: ["/rest/**", "/download/**"],
  never: {
    "opens a session": ["/rest/auth/**"],
    "mints another credential": [
      "/rest/pat/**",
      "/rest/oauth2/**",
      "/rest/api/user/current/password*",
      "/rest/api/admin/user/*/password*",
    ],
    "hands out a token for uploading plug-ins": ["/rest/plugins/**"],
    // CVE-2019-3396: a macro's preview reads files of the server.
    "reads files of the server": ["/rest/tinymce/*/macro/preview*"],
  },
  unlessListed: [
    "/rest/api/backup-restore/**",
    "/rest/scriptrunner/**",
    "/rest/cb-automation/**",
    "/plugins/**",
    // The method's name is in the body: nothing tells a read from a write.
    "/rpc/**",
  ],
  reads: ["POST /rest/api/contentbody/convert/*"],
  writes: [
    "/**/*.action",
    "/**/*.vm",
    "/setup/**",
    "/json/**",
    "/logout",
    "/plugins/**",
    "/rpc/**",
    "/rest/scriptrunner/**",
    "/rest/cb-automation/**",
  ],
};
