import { type Ask, withSecret } from "./remedies";
import { changed, type Row } from "./remedies-rows";

const PLAIN = { uri: "/rest/api/2/myself" };
const asking = (uri: string) => (secret: string) => ({ uri, headers: withSecret(secret) });
/** What is read in two ways is judged in both. */
const IN_DOUBT = { pathFilter: { enc_slash: "off" } };

/** The same token, another path. */
const elsewhere = (says: RegExp, uri: string, good: Partial<Ask> = PLAIN, before: object = {}): Row => ({
  says,
  provoke: async ({ token, application }) => {
    await application(before);
    const broken = asking(uri)(await token());
    return { broken, mend: async () => ({ ...broken, ...good }) };
  },
});

const SEMICOLON = "/rest/api/2/issue/A-1/properties/a/b;c%20d";
const LONG = "a".repeat(1_200);

/** What of a path keeps it from tokens decides what helps. */
export const REMEDIES_OF_PATHS: readonly Row[] = [
  elsewhere(/^Send the request without that\./, SEMICOLON, { uri: "/rest/api/2/issue/A-1/properties/a/b" }),
  changed(
    /path filter's rule semicolon can be set to observe or off\.$/,
    {},
    { pathFilter: { semicolon: "observe" } },
    asking(SEMICOLON),
  ),
  elsewhere(/^Use the application's REST API/, "/browse/A-1"),
  changed(
    /have an administrator list the path in the application\.$/,
    {},
    { paths: ["/browse/**"] },
    asking("/browse/A-1"),
  ),
  changed(
    /The application's read pack feeds would let it pass\.$/,
    {},
    { readPacks: ["feeds"] },
    asking("/sr/jira.issueviews:searchrequest-xml/10000/x.xml"),
  ),
  elsewhere(/^Nothing opens this path to tokens: use another one of .* REST API\.$/, "/rest/auth/1/session"),
  elsewhere(/^Nothing opens this path to tokens: use another one/, "/rest/pat%2Flatest", PLAIN, IN_DOUBT),
  elsewhere(/^Send a path that can be read in one way only\.$/, "/rest/api%2F2/email-templates/x", PLAIN, IN_DOUBT),
  elsewhere(/^Send a shorter path\.$/, `/rest/${LONG}%2Fx`, { uri: "/rest/a%2Fx" }, IN_DOUBT),
];
