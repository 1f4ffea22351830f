import { execFile } from "node:child_process";

/** What python3-jira of Debian is asked to do: searches, then creates; prints what came of it. */
const SCRIPT = `
import sys
from jira import JIRA, JIRAError
server, way, username, password = sys.argv[1:5]
ways = {"bearer": {"token_auth": password}, "basic": {"basic_auth": (username, password)}, "session": {"auth": (username, password)}}
jira = JIRA(server=server, get_server_info=False, max_retries=0, **ways[way])
try:
    print("found", jira.search_issues("project = DEMO")[0].key)
    print("made", jira.create_issue(project={"key": "DEMO"}, summary="By Python", issuetype={"name": "Task"}, prefetch=False).key)
except JIRAError as error:
    print("refused", error.status_code, error.response.text)
`;

/**
 * @param way how the password goes: as Basic, as Bearer, or once, for a session by cookie
 * @returns what it printed
 */
export function pythonJira(
  server: string,
  way: "basic" | "bearer" | "session",
  username: string,
  password: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ["-W", "ignore", "-c", SCRIPT, server, way, username, password];
    execFile("/usr/bin/python3", args, (error, stdout, stderr) => {
      if (error) reject(new Error(`python3-jira: ${stderr}`));
      else resolve(stdout);
    });
  });
}
