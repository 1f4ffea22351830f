import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { TABLE } from "#test/api-table";
import { apiDocument } from "./document";
import { CHAPTERS, handled, nameOf, operations, pathOf } from "./operations";
import { ROUTES } from "./routes";

type Described = {
  readonly servers: readonly { url: string }[];
  readonly paths: Record<string, Record<string, Record<string, unknown>>>;
};

const URL = "https://portal.test";
const ITSELF = "openapi.json";
const document: Described = JSON.parse(JSON.stringify(apiDocument(URL)));
const nameOfRow = ({ method, route }: { method: string; route: string }) => `${method} ${route}`;
const listed = TABLE.filter(({ route }) => route !== ITSELF).map(nameOfRow);

describe("the description of the API", () => {
  it("is OpenAPI 3.1", async () => {
    const judged = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    expect(judged).toEqual({ valid: true });
  });

  it("has every route that there is: a new one joins ROUTES", () => {
    const folder = join(import.meta.dirname, "../v1");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\/route\.ts$/.test(file),
    );
    const routes = files.map((file) => dirname(file)).filter((route) => route !== "[[...unknown]]");
    expect([...Object.keys(ROUTES), ITSELF].sort()).toEqual(routes.sort());
  });

  it("has words for every method of every route, and none for what is not there", () => {
    const said = Object.values(CHAPTERS).flatMap((chapter) => Object.keys(chapter));
    expect(said.toSorted()).toEqual(handled.map(nameOfRow).toSorted());
    expect(said.toSorted()).toEqual(listed.toSorted());
    expect(new Set(operations().map(nameOf)).size).toBe(listed.length);
  });

  it("names every operation at its path, with what stands in brackets as parameters", () => {
    for (const { method, route } of TABLE) {
      const operation = document.paths[pathOf(route)]?.[method.toLowerCase()];
      expect([route, typeof operation?.summary]).toEqual([route, "string"]);
      const inPath = (route.match(/\[/g) ?? []).length;
      const parameters = (operation?.parameters ?? []) as { in: string }[];
      expect(parameters.filter((each) => each.in === "path")).toHaveLength(inPath);
    }
  });

  it("lets be sent what the schema that reads it knows, and nothing else", () => {
    const body = (path: string) => JSON.stringify(document.paths[path]?.post?.requestBody);
    expect(body("/api/v1/networks")).toContain('"additionalProperties":false,"required":["name","ranges"]');
    expect(body("/api/v1/tokens/{id}/revoke")).toContain("key_compromise");
    expect(body("/api/v1/tokens/{id}/revoke")).not.toContain('"id"');
  });

  it("says who may come: visitors to the set-up, no token where only people may", () => {
    const security = (path: string, method: string) => document.paths[path]?.[method]?.security;
    expect(security("/api/v1/setup", "post")).toEqual([]);
    expect(security("/api/v1/me/password", "put")).toEqual([{ session: [] }]);
    expect(security("/api/v1/tokens", "get")).toEqual([{ bearer: [] }, { basic: [] }, { session: [] }]);
  });

  it("names the address at which it is asked, and no other", () => {
    expect(document.servers).toEqual([{ url: URL }]);
    const addresses = JSON.stringify(document).match(/https?:\/\/[^"/]+/g);
    expect([...new Set(addresses)]).toEqual([URL]);
  });
});
