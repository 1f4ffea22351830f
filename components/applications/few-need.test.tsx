import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { createApplicationInput } from "#lib/applications/application-schema";
import { FILTER_RULES } from "#lib/verification/path-filter";
import type { Problem } from "../api/problem";
import { FewNeed } from "./few-need";
import { typedNew } from "./typed";

const refused = (path: string): Problem => ({
  ...{ code: "invalid_input", detail: "", requestId: null },
  fields: { [path]: "Use another." },
});

test("is folded, and open only where something inside it was refused", () => {
  expect(html(<FewNeed kind="jira" problem={null} />)).not.toMatch(/<details open/);
  expect(html(<FewNeed kind="jira" problem={refused("rules.password")} />)).not.toMatch(/<details open/);
  expect(html(<FewNeed kind="jira" problem={refused("paths.0")} />)).toMatch(/<details open/);
  expect(html(<FewNeed kind="jira" problem={refused("exceptions.none.paths.0")} />)).toMatch(/<details open/);
});

test("offers each kind its own read packs", () => {
  const packs = (kind: "jira" | "generic") =>
    [...html(<FewNeed kind={kind} problem={null} />).matchAll(/name="readPacks"[^>]*value="([^"]+)"/g)].map(
      ([, name]) => name,
    );
  expect(packs("jira")).toContain("tempo");
  expect(packs("generic")).toEqual([]);
});

test("left as it is, it says what an application without it would have", () => {
  const drawn = html(<FewNeed kind="jira" problem={null} />);
  expect(drawn.match(/name="(basic|bearer)"[^>]*checked|checked[^>]*name="(basic|bearer)"/g)).toHaveLength(2);
  expect(drawn).toMatch(/name="header"[^>]*value="X-Api-Token"|value="X-Api-Token"[^>]*name="header"/);
  expect(drawn).not.toMatch(/name="(aliases|empty|webSocket|preflight|introspectRestricted)"[^>]*checked/);
});

test("says of WebSocket behind which gateways the tick opens none", () => {
  expect(html(<FewNeed kind="jira" problem={null} />)).toContain("Behind Envoy, Istio, Traefik and APISIX none opens");
});

test("the wizard’s fields are what the API takes", () => {
  const data = new FormData();
  const basics = {
    key: "jira",
    name: "Jira",
    kind: "jira",
    routes: "jira.corp",
    identity: "none",
    header: "X-Api-Token",
  };
  for (const [name, value] of Object.entries(basics)) data.set(name, value);
  for (const each of ["password", "foreignBearer", "oauth1", "otherScheme", "none"])
    data.set(`rules.${each}`, "observe");
  data.set("pathFilter.enc_slash", "observe");
  for (const rule of FILTER_RULES) if (!data.has(`pathFilter.${rule}`)) data.set(`pathFilter.${rule}`, "block");
  data.append("readPacks", "tempo");
  data.set("preflight", "on");
  const body = createApplicationInput.parse(typedNew(data));
  expect(body).toMatchObject({ key: "jira", readPacks: ["tempo"], preflight: true, webSocket: false });
  expect(body.pathFilter).toMatchObject({ enc_slash: "observe", utf8: "block" });
});
