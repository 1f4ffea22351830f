import { type Ask, withSecret } from "./remedies";
import { changed, OLD, type Row } from "./remedies-rows";

const PLAIN = { uri: "/rest/api/2/myself" };
const asking = (uri: string) => (secret: string) => ({ uri, headers: withSecret(secret) });
/** What is read in two ways is judged in both. */
const IN_DOUBT = { pathFilter: { enc_slash: "off" } };

/** The same token, another path. */
const elsewhere = (follows: string, uri: string, good: Partial<Ask> = PLAIN, before: object = {}): Row => ({
  follows,
  provoke: async ({ token, application }) => {
    await application(before);
    const broken = asking(uri)(await token());
    return { broken, mend: async () => ({ ...broken, ...good }) };
  },
});

const BROWSE = "/browse/A-1";
const SEMICOLON = "/rest/api/2/issue/A-1/properties/a/b;c%20d";
const LOG_IN = "/rest/auth/1/session";
const LONG = "a".repeat(1_200);

const BOUND = { pathRules: ["* /rest/maria/**"] };

/** The same request, with another Destination or another token. @param good null: the same one, with another token */
const moved = (follows: string, to: string, good: ((host: string) => string) | null, bound: object = {}): Row => ({
  follows,
  provoke: async ({ token, create, application, applicationId }) => {
    const host = `${applicationId}.corp`;
    await application({ routes: [{ host }] });
    const moving = (secret: string, Destination: string) => ({
      ...{ method: "MOVE", uri: "/rest/maria/a", host, headers: { ...withSecret(secret), Destination } },
    });
    const secret = await token(bound);
    const mend = async () => (good === null ? moving(await create(), to) : moving(secret, good(host)));
    return { broken: moving(secret, to), mend };
  },
});

/** Where a request says that it goes to, and the token's path rules do not take it. */
export const REMEDIES_OF_MOVES: readonly Row[] = [
  moved("Send a Destination that the token's path rules allow too", "/rest/b", () => "/rest/maria/b", BOUND),
  moved("use one whose path rules allow this one", "/rest/b", null, BOUND),
];

const switched = (follows: string, mode: "observe" | "off") =>
  changed(follows, {}, { pathFilter: { semicolon: mode } }, asking(SEMICOLON));
const listed = (follows: string) => changed(follows, {}, { paths: ["/browse/**"] }, asking(BROWSE));

/** What of a path keeps it from tokens decides what helps. */
export const REMEDIES_OF_PATHS: readonly Row[] = [
  elsewhere("Send the request without that", SEMICOLON, { uri: "/rest/api/2/issue/A-1/properties/a/b" }),
  switched("The path filter's rule … can be set to observe", "observe"),
  switched("off", "off"),
  elsewhere("Use the application's REST API", BROWSE),
  listed("have an administrator list the path in the application"),
  changed(
    "The application's read pack … would let it pass",
    {},
    { readPacks: ["feeds"] },
    asking("/sr/jira.issueviews:searchrequest-xml/10000/x.xml"),
  ),
  elsewhere("Nothing opens this path to tokens: use another one of the application's REST API", LOG_IN),
  elsewhere("Nothing opens this path to tokens: use another one", "/rest/pat%2Flatest", PLAIN, IN_DOUBT),
  elsewhere("Send a path that can be read in one way only", "/rest/api%2F2/email-templates/x", PLAIN, IN_DOUBT),
  moved("Send one Destination: a plain path of the same application", "//x/rest/b", () => "/rest/b"),
  moved("an address of the request's own host with one", "http://x/rest/b", (host) => `https://${host}/rest/b`),
  moved("Send the request without that", "/rest/a;b", () => "/rest/ab"),
  elsewhere("Send a shorter path", `/rest/${LONG}%2Fx`, { uri: "/rest/a%2Fx" }, IN_DOUBT),
  { ...elsewhere("Use the application's REST API", BROWSE), ...OLD },
  { ...listed("An administrator can list a path in the application"), ...OLD },
  { ...switched("set its path filter", "observe"), ...OLD },
  { ...elsewhere("what is never open stays closed", LOG_IN), ...OLD },
];
