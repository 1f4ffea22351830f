import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { projectFolder } from "#server/project";
import { ingressProgram } from "./ingress-files";
import { folderFiles, MAIN_HOST_FILE, type NginxFacts } from "./nginx-files";
import { readShipped } from "./store-shipped";
import { tokenNames } from "./token-names";

const FACTS: NginxFacts = {
  gatewayKey: "gw-eu-1",
  portalUrl: "https://tokens.example.com",
  verifier: { address: "10.0.0.5:3001", by: "clear" },
  names: tokenNames([{ header: "X-Own-Token", query: "own.key" }]),
  applications: [
    { key: "jira", routes: [{ host: "jira.corp", context: "" }] },
    { key: "wiki", routes: [{ host: "tools.corp", context: "/wiki" }] },
    { key: "git", routes: [{ host: "tools.corp", context: "/git" }] },
  ],
};
const shipped = await readShipped();
const textOf = (path: string, facts = FACTS) =>
  ingressProgram(shipped, facts).files.find((each) => each.path === path)?.text ?? "";
const documents = (path: string, facts = FACTS) =>
  parseAllDocuments(textOf(path, facts)).map((each) => {
    expect(each.errors).toEqual([]);
    return each.toJS();
  });
const secured = (by: "tls" | "mutual"): NginxFacts => ({ ...FACTS, verifier: { ...FACTS.verifier, by } });

describe("the configuration for ingress-nginx", () => {
  it("mounts the very files that nginx gets, with whole paths, and all that they include", () => {
    const [map, secret] = documents("latchkey.yaml");
    expect([map.kind, secret.kind, map.metadata.name, secret.metadata.name]).toEqual([
      ...["ConfigMap", "Secret", "latchkey", "latchkey-gateway"],
    ]);
    const files: Record<string, string> = { ...map.data, ...secret.stringData };
    const whole = (text: string) =>
      text
        .replaceAll("include latchkey/", "include /etc/nginx/latchkey/")
        .replaceAll(" /etc/latchkey/", " /etc/nginx/latchkey/");
    for (const { path, text } of folderFiles(shipped, FACTS).filter((each) => each.path !== MAIN_HOST_FILE))
      expect(files[path.replace("latchkey/", "")]).toBe(whole(text));
    for (const text of Object.values(files))
      for (const [, included = ""] of text.matchAll(/^ *include (.*);/gm))
        expect(Object.keys(files)).toContain(included.replace("/etc/nginx/latchkey/", ""));
    expect(files["server.conf"]).toContain('X-Latchkey-Withholds "x-api-token,x-own-token"');
  });

  it("has the secret as a placeholder in the Secret, and nothing of it in the map that more may read", () => {
    const [map, secret] = documents("latchkey.yaml");
    expect(JSON.stringify(map)).not.toContain("CHANGE-ME");
    expect(Object.keys(secret.stringData)).toEqual(["gateway-key.conf"]);
    expect(secret.stringData["gateway-key.conf"]).toContain('X-Latchkey-Gateway-Key "CHANGE-ME";');
  });

  it("verifies a verifier's certificate by what is mounted beside the secret, and shows its own to one that asks", () => {
    for (const [by, names] of [
      ["tls", ["verifier-ca.pem"]],
      ["mutual", ["verifier-ca.pem", "gateway.pem", "gateway.key"]],
    ] as const) {
      const [map, secret] = documents("latchkey.yaml", secured(by));
      expect(Object.keys(secret.stringData)).toEqual(["gateway-key.conf", ...names]);
      const server = map.data["server.conf"].replace(/#.*/g, "");
      expect(server).toContain("proxy_pass https://latchkey-verifier/");
      for (const name of names) expect(server).toContain(` /etc/nginx/latchkey/${name};`);
      expect(server).not.toContain(" /etc/latchkey/");
    }
  });

  it("has an Ingress for each host in both ways, which differ in how they ask alone", () => {
    const [api, main] = [documents("api-hosts.yaml"), documents("main-hosts.yaml")];
    for (const ingresses of [api, main]) {
      expect(ingresses.map(({ metadata }) => metadata.name)).toEqual(["jira.corp", "tools.corp"]);
      expect(ingresses.map(({ spec }) => spec.rules[0].host)).toEqual(["jira.corp", "tools.corp"]);
      expect(ingresses.map(({ spec }) => spec.tls[0])).toEqual([
        { hosts: ["jira.corp"], secretName: "jira.corp-tls" },
        { hosts: ["tools.corp"], secretName: "tools.corp-tls" },
      ]);
      const service = ({ spec }: (typeof api)[0]) => spec.rules[0].http.paths[0].backend.service.name;
      expect(ingresses.map(service)).toEqual(["jira", "wiki-and-git"]);
      expect(JSON.stringify(ingresses)).not.toContain("example.com");
    }
    expect(api.map(({ spec }) => spec)).toEqual(main.map(({ spec }) => spec));
    expect(textOf("api-hosts.yaml")).not.toContain("latchkey_asks");
    expect(textOf("main-hosts.yaml").match(/if \(\$latchkey_asks = ""\)/g)).toHaveLength(2);
    for (const name of ["X-Api-Token", "X-Own-Token"])
      expect(textOf("main-hosts.yaml").match(new RegExp(`^ {8}proxy_set_header ${name} "";`, "gm"))).toHaveLength(2);
    expect(textOf("main-hosts.yaml")).toContain("latchkey_upstream wiki-and-git.default.svc.cluster.local:8080;");
  });

  it("tells the controller what is shipped, and to mount what the other file makes", () => {
    expect(textOf("values.yaml")).toBe(
      readFileSync(join(projectFolder(), "gateways/ingress-nginx/values.yaml"), "utf8"),
    );
    const [{ projected }] = parse(textOf("values.yaml")).controller.extraVolumes;
    const names = documents("latchkey.yaml").map(({ metadata }) => metadata.name);
    expect(projected.sources.flatMap(Object.values).map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it("is out of reach where the verifier listens on a socket, and stays valid where nothing is there yet", () => {
    const socket = { address: "unix:/run/latchkey/verifier.sock", by: "socket" as const };
    expect(ingressProgram(shipped, { ...FACTS, verifier: socket }).outOfReach).toContain("Set VERIFIER_BIND");
    expect(ingressProgram(shipped, FACTS).outOfReach).toBeNull();
    expect(documents("api-hosts.yaml", { ...FACTS, applications: [] })).toEqual([]);
  });

  it("is refused to be made from files that have no place for what is filled in", () => {
    expect(() => ingressProgram({ ...shipped, ingress: "" }, FACTS)).toThrow("not two Ingresses");
    const ingress = shipped.ingress.replaceAll("secretName", "other");
    expect(() => ingressProgram({ ...shipped, ingress }, FACTS)).toThrow("no place for");
  });
});
