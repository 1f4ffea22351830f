import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#server/free-port";
import { type Running, startProgram } from "./program";
import { makeDirectory } from "./workspace";

/** Where Debian's libtomcat10-embed-java and what it needs put their jars. */
const JARS = ["tomcat10-embed-core", "tomcat10-embed-el", "tomcat10-embed-jasper", "eclipse-jdt-core"].map(
  (name) => `/usr/share/java/${name}.jar`,
);

/** Which servlet Tomcat is to ask for which paths: as Jira's are mapped, and the one for all else. */
const SERVLETS = { rest: "/rest/*", secure: "/secure/*", jspa: "*.jspa", other: "/" } as const;
export type Servlet = keyof typeof SERVLETS;

const serverXml = (root: string, port: number): string => `<Server port="-1"><Service name="Catalina">
  <Connector port="${port}" address="127.0.0.1" maxHttpRequestHeaderSize="65536" />
  <Engine name="Catalina" defaultHost="localhost">
    <Host name="localhost" appBase="none" autoDeploy="false" deployOnStartup="false">
      <Context path="" docBase="${root}/app" />
    </Host>
  </Engine>
</Service></Server>
`;

const webXml = (): string => {
  const servlets = Object.entries(SERVLETS).map(
    ([name, pattern]) => `
  <servlet><servlet-name>${name}</servlet-name><jsp-file>/WEB-INF/says.jsp</jsp-file></servlet>
  <servlet-mapping><servlet-name>${name}</servlet-name><url-pattern>${pattern}</url-pattern></servlet-mapping>`,
  );
  return `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">${servlets.join("")}
</web-app>
`;
};

/** Says which servlet it is and what path it got, each character beyond letters by its number: no encoding comes between. */
const SAYS = `<%@ page contentType="text/plain" session="false" trimDirectiveWhitespaces="true" %><%
String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
out.print(config.getServletName());
for (int i = 0; i < path.length(); i++) out.print(" " + (int) path.charAt(i));
%>`;

/** Starts a real Tomcat as Debian has it, whose servlets say where a request came to. It needs a Java runtime, no compiler. */
export async function startTomcat(): Promise<Running> {
  const directory = makeDirectory("tomcat");
  const file = (name: string) => join(directory.path, name);
  for (const folder of ["conf", "app/WEB-INF"]) mkdirSync(file(folder), { recursive: true });
  writeFileSync(file("app/WEB-INF/web.xml"), webXml());
  writeFileSync(file("app/WEB-INF/says.jsp"), SAYS);
  for (;;) {
    const port = await freePort();
    writeFileSync(file("conf/server.xml"), serverXml(directory.path, port));
    const folders = ["catalina.base", "catalina.home", "java.io.tmpdir"].map((name) => `-D${name}=${directory.path}`);
    // It starts once and runs for seconds: nothing is gained by compiling it well.
    const java = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", ...folders, "-cp", JARS.join(":")];
    const tomcat = await startProgram({
      ...{ program: "java", args: [...java, "org.apache.catalina.startup.Tomcat", "--await"], port },
      ...{ output: openSync(file("log"), "a"), remove: directory.remove },
      log: () => (existsSync(file("log")) ? readFileSync(file("log"), "utf8") : ""),
    });
    if (tomcat !== null) return tomcat;
  }
}

/** What a servlet said. @returns null where Tomcat answered itself, with a refusal */
export function heardFrom(status: number, body: string): { servlet: Servlet; path: string } | null {
  if (status !== 200) return null;
  const [name = "", ...codes] = body.trim().split(" ");
  const servlet = (Object.keys(SERVLETS) as Servlet[]).find((each) => each === name);
  if (servlet === undefined) throw new Error(`Tomcat says ${body.slice(0, 200)}`);
  return { servlet, path: String.fromCharCode(...codes.map(Number)) };
}
