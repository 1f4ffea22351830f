import type { KindPaths } from "./kind";

/** Jira and Jira Service Management, Data Center. Sources: the REST references, reference clients named in the tests. */
export const JIRA: KindPaths = {
  reached: ["/rest/**", "/secure/attachment/**", "/secure/thumbnail/**", "/download/**"],
  never: {
    "opens a session": ["/rest/auth/**", "/rest/gadget/*/login*"],
    "mints another credential": [
      "/rest/pat/**",
      "/rest/oauth2/**",
      "/rest/api/*/myself/password*",
      "/rest/api/*/user/password*",
    ],
    "hands out a token for uploading plug-ins": ["/rest/plugins/**"],
    // CVE-2022-26135: the server fetches whatever address the body names.
    "makes the server call other addresses": ["/rest/nativemobile/*/batch*", "/rest/nativemobile/*/batch/**"],
  },
  unlessListed: ["/rest/scriptrunner/**", "/rest/cb-automation/**", "/rest/api/*/email-templates/**", "/plugins/**"],
  reads: [
    // jira-client and jira.js send every search so.
    "POST /rest/api/2/search",
    "POST /rest/api/latest/search",
    "POST /rest/api/2/worklog/list",
    "POST /rest/api/latest/worklog/list",
  ],
  // WebWork actions accept GET, and log-outs are links.
  writes: [
    "/**/*.jspa",
    "/logout",
    "/secure/Logout*",
    "/plugins/**",
    "/rest/scriptrunner/**",
    "/rest/cb-automation/**",
  ],
};
