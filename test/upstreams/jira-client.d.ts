/** The part of jira-client (npm) that the journeys use; the package brings no types. */
declare module "jira-client" {
  type Options = {
    protocol: "http" | "https";
    host: string;
    port: string;
    base: string;
    apiVersion: "2";
    username?: string;
    password?: string;
    bearer?: string;
  };
  export default class JiraApi {
    constructor(options: Options);
    searchJira(jql: string): Promise<{ total: number; issues: { key: string }[] }>;
    addNewIssue(issue: { fields: Record<string, unknown> }): Promise<{ key: string }>;
    getCurrentUser(): Promise<{ name: string | null }>;
  }
}
