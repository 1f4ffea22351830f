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

/** `jira-client` from npm with Basic, against the API host. */
export function jiraClient(port: number, username: string, password: string): Client {
  const jira = new JiraApi({
    protocol: "http",
    host: API_HOST,
    port: String(port),
    apiVersion: "2",
    username,
    password,
  });
  return {
    search: async () => (await jira.searchJira("project = DEMO")).total,
    create: async () => (await jira.addNewIssue(ISSUE)).key,
  };
}

/** The same with Bearer. */
export function jiraClientBearer(port: number, bearer: string): Client {
  const jira = new JiraApi({ protocol: "http", host: API_HOST, port: String(port), apiVersion: "2", bearer });
  return {
    search: async () => (await jira.searchJira("project = DEMO")).total,
    create: async () => (await jira.addNewIssue(ISSUE)).key,
  };
}

/** `jira.js` from npm, which searches by POST. */
export function jiraJs(port: number, username: string, password: string): Client {
  const host = `http://${API_HOST}:${port}`;
  const jira = new Version2Client({ host, authentication: { basic: { email: username, apiToken: password } } });
  return {
    search: async () => (await jira.issueSearch.searchForIssuesUsingJqlPost({ jql: "project = DEMO" })).total ?? 0,
    create: async () => (await jira.issues.createIssue(ISSUE)).key,
  };
}

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
