type Lines = readonly string[];

/** What no gateway asks about on the main host: name, lines, body. */
export const NOT_ASKED: readonly (readonly [name: string, lines: Lines, body: string])[] = [
  ["a browser", ["GET /secure/Dashboard.jspa HTTP/1.1", "Cookie: JSESSIONID=1"], ""],
  ["a log-in form", ["POST /login.jsp HTTP/1.1"], "os_username=ada&os_password=x"],
  ["a search by hand", ["GET /issues/?jql=project%3DDEMO%26os_username HTTP/1.1"], ""],
  ["a list in the query", ["GET /issues/?ids=1;2;oauth&name=a;b%20c HTTP/1.1"], ""],
  ["who am I by cookie", ["GET /rest/auth/1/session HTTP/1.1", "Cookie: JSESSIONID=1"], ""],
];

/** What every gateway asks about there, however it is written. */
export const ASKED: readonly (readonly [name: string, lines: Lines])[] = [
  ["Basic", ["GET /rest/api/2/myself HTTP/1.1", "Authorization: Basic YTpi"]],
  ["the token header", ["GET /rest/api/2/myself HTTP/1.1", "X-Api-Token: lk_1"]],
  ["a user in the query", ["GET /?a=b&os_username=ada HTTP/1.1"]],
  ["a password in the query", ["GET /?os_password=x HTTP/1.1"]],
  ["an escaped parameter name", ["GET /?os%5Fpassword=x HTTP/1.1"]],
  ["an escaped parameter name behind a semicolon", ["GET /?a=b;os%5Fpassword=x HTTP/1.1"]],
  ["an escaped Bearer in the query", ["GET /?a=1;access%5Ftoken=x HTTP/1.1"]],
  ["an escaped parameter name in a case of its own", ["GET /?Access%5FToken=x HTTP/1.1"]],
  ["an upper-case parameter name", ["GET /?OS_PASSWORD=x HTTP/1.1"]],
  ["OAuth 1 in the query", ["GET /?oauth_token=x HTTP/1.1"]],
  ["a Bearer in the query", ["GET /?access_token=x HTTP/1.1"]],
  ["a session log-in", ["POST /rest/auth/1/session HTTP/1.1"]],
  ["a session log-in with path parameters", ["POST /rest;a=b/auth;c/1/session HTTP/1.1"]],
  ["a session log-in in other bytes", ["POST /x/%2e%2e//rest/%61uth/latest/session HTTP/1.1"]],
  ["a session log-in behind a servlet's dots", ["POST /rest/foo/..;/auth/1/session HTTP/1.1"]],
  ["a session log-in behind dots", ["POST /rest/x/../auth/1/session HTTP/1.1"]],
  ["a session log-in behind one dot", ["POST /rest/./auth/1/session HTTP/1.1"]],
  ["a session log-in behind escaped dots", ["POST /rest/x/%2e%2E/auth/1/session HTTP/1.1"]],
  ["a session log-in behind nothing but a parameter", ["POST /rest/;x/auth/1/session HTTP/1.1"]],
];
