/** The part of bitbucket-server-nodejs (npm) that the tests use; the package brings no types. */
declare module "bitbucket-server-nodejs" {
  type Auth = { type: "basic"; username: string; password: string };
  export class Client {
    constructor(baseUrl: string, auth: Auth);
    repos: { get(projectKey: string): Promise<{ values: { slug: string }[] }> };
    /** Sends a POST, whatever its name. */
    put(path: string, data: Readonly<Record<string, string>>): Promise<unknown>;
  }
}
