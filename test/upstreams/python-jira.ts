import { execFile } from "node:child_process";

/** What python3-jira of Debian is asked to do: searches, then creates; prints what came of it. */
const SCRIPT = `
import sys
from jira import JIRA, JIRAError
server, username, password = sys.argv[1:4]
way = {"token_auth": password} if username == "" else {"basic_auth": (username, password)}
jira = JIRA(server=server, get_server_info=False, max_retries=0, **way)
try:
    print("found", jira.search_issues("project = DEMO")[0].key)
    print("made", jira.create_issue(project={"key": "DEMO"}, summary="By Python", issuetype={"name": "Task"}, prefetch=False).key)
except JIRAError as error:
    print("refused", error.status_code, error.response.text)
`;

/** @param username empty: the password goes as Bearer. @returns what it printed */
export function pythonJira(server: string, username: string, password: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("/usr/bin/python3", ["-c", SCRIPT, server, username, password], (error, stdout, stderr) => {
      if (error) reject(new Error(`python3-jira: ${stderr}`));
      else resolve(stdout);
    });
  });
}
