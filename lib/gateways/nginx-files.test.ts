import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectFolder } from "#server/project";
import { folderFiles, type NginxFacts, type Shipped, siteFile } from "./nginx-files";
import { readShipped } from "./store-shipped";
import { tokenNames } from "./token-names";

const file = (name: string) => readFileSync(join(projectFolder(), "gateways/nginx", name), "utf8");
const SHIPPED: Shipped = {
  http: file("latchkey.conf"),
  server: file("server.conf"),
  mainHost: file("main-host.conf"),
  example: file("example.conf"),
  key: file("gateway-key.conf.example"),
};
const FACTS: NginxFacts = {
  gatewayKey: "gw-eu-1",
  portalUrl: "https://tokens.example.com",
  verifier: { address: "10.0.0.5:3001", by: "clear" },
  names: tokenNames([]),
  applications: [
    { key: "jira", routes: [{ host: "jira.example.com", context: "" }] },
    { key: "wiki", routes: [{ host: "tools.corp", context: "/wiki" }] },
    { key: "git", routes: [{ host: "tools.corp", context: "/git" }] },
    { key: "six", routes: [{ host: "[2001:db8::1]", context: "" }] },
  ],
};
const textOf = (path: string) => folderFiles(SHIPPED, FACTS).find((each) => each.path === path)?.text ?? "";

describe("the configuration for nginx", () => {
  it("is what is shipped, with verifier, portal and key filled in and nothing else changed", () => {
    expect(textOf("latchkey/latchkey.conf")).toBe(
      SHIPPED.http.replace("127.0.0.1:3001", "10.0.0.5:3001").replace("http://localhost:3000", FACTS.portalUrl),
    );
    expect(textOf("latchkey/server.conf")).toBe(SHIPPED.server.replace("/nginx/gw1;", "/nginx/gw-eu-1;"));
    expect(textOf("latchkey/main-host.conf")).toBe(SHIPPED.mainHost);
  });

  it("never holds a secret: only a placeholder", () => {
    expect(textOf("latchkey/gateway-key.conf")).toContain('"CHANGE-ME"');
  });

  it("has a server for each host, of the attachment that was chosen", () => {
    for (const attachment of ["api-host", "main-host"] as const) {
      const { text } = siteFile(SHIPPED, FACTS, attachment);
      expect([...text.matchAll(/server_name (\S+);/g)].map((match) => match[1])).toEqual([
        "jira.example.com",
        "tools.corp",
        "[2001:db8::1]",
      ]);
      expect(text.split(`include latchkey/${attachment}.conf;`)).toHaveLength(4);
      expect(text).not.toContain(attachment === "api-host" ? "main-host.conf" : "api-host.conf");
      expect(text).toContain("/etc/ssl/certs/2001-db8--1.pem");
      expect(text).not.toContain("jira-api.example.com");
    }
  });

  it("gives every server an upstream, and says where one host has several applications", () => {
    const { text } = siteFile(SHIPPED, FACTS, "api-host");
    const named = [...text.matchAll(/set \$latchkey_upstream (\S+);/g)].map((match) => match[1]);
    expect(named).toEqual(["jira", "wiki-and-git", "six"]);
    for (const name of named) expect(text).toContain(`upstream ${name} {`);
    expect(text).toContain("EDIT: wiki, git share a host");
  });

  it("is refused to be made from files that have no place for what is filled in", () => {
    expect(() => folderFiles({ ...SHIPPED, server: "" }, FACTS)).toThrow("no place for");
    expect(() => siteFile({ ...SHIPPED, example: "" }, FACTS, "api-host")).toThrow("no api-host");
  });

  it("is made from the very files of the project", async () => {
    expect(await readShipped()).toMatchObject(SHIPPED);
  });
});
