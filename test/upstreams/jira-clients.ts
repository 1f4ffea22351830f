import { Version2Client } from "jira.js";
import JiraApi from "jira-client";
import { API_HOST } from "./nginx-site";
import { waitUntil } from "./wait-until";

const ISSUE = { fields: { project: { key: "DEMO" }, summary: "Made by a script", issuetype: { name: "Task" } } };

/** What the journeys ask of a Jira client. A refusal is what the client shows its user. */
export type Client = {
  search(): Promise<number>;
  create(): Promise<string>;
};

/** Of a gateway's hosts the one that is asked, and where the application lies there. */
export type Where = { readonly host: string; readonly context: string };

const WHERE: Where = { host: API_HOST, context: "" };

type Credential = { readonly username: string; readonly password: string } | { readonly bearer: string };

function jiraClientWith(port: number, { host, context }: Where, credential: Credential): Client {
  const at = { protocol: "http", host, port: String(port), base: context.slice(1), apiVersion: "2" } as const;
  const jira = new JiraApi({ ...at, ...credential });
  return {
    search: async () => (await jira.searchJira("project = DEMO")).total,
    create: async () => (await jira.addNewIssue(ISSUE)).key,
  };
}

/** `jira-client` from npm with Basic, against the API host where nothing else is said. */
export const jiraClient = (port: number, username: string, password: string, where = WHERE): Client =>
  jiraClientWith(port, where, { username, password });

/** The same with Bearer. */
export const jiraClientBearer = (port: number, bearer: string, where = WHERE): Client =>
  jiraClientWith(port, where, { bearer });

const jiraJsWith = (jira: Version2Client): Client => ({
  search: async () => (await jira.issueSearch.searchForIssuesUsingJqlPost({ jql: "project = DEMO" })).total ?? 0,
  create: async () => (await jira.issues.createIssue(ISSUE)).key,
});

const jiraJsHost = (port: number, { host, context }: Where) => `http://${host}:${port}${context}`;

/** `jira.js` from npm with Basic; it searches by POST. */
export const jiraJs = (port: number, username: string, password: string, where = WHERE): Client =>
  jiraJsWith(
    new Version2Client({
      host: jiraJsHost(port, where),
      authentication: { basic: { email: username, apiToken: password } },
    }),
  );

/** The same with Bearer, as with an access token of OAuth 2. */
export const jiraJsBearer = (port: number, bearer: string, where = WHERE): Client =>
  jiraJsWith(
    new Version2Client({ host: jiraJsHost(port, where), authentication: { oauth2: { accessToken: bearer } } }),
  );

/**
 * Tries again as long as the answer is *cannot be checked at the moment*: on a machine with too much to do the first
 * look-up of a token may miss the verifier's deadline.
 */
export function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  return waitUntil("access can be checked", async () => {
    try {
      return await attempt();
    } catch (error) {
      if (`${error} ${JSON.stringify(error)}`.includes("Access cannot be checked")) return undefined;
      throw error;
    }
  });
}

/** What a person reads when a client was refused: the error in all its parts. */
export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    return `${String(error)} ${JSON.stringify(error)}`;
  }
  throw new Error("It was allowed");
}
