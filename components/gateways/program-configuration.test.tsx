import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { envoyPrograms } from "#lib/gateways/envoy-files";
import { forwardPrograms } from "#lib/gateways/forward-files";
import { readShippedEnvoy, readShippedForward } from "#lib/gateways/store-shipped";
import { ProgramConfiguration } from "./program-configuration";

const FACTS = { gatewayKey: "gw1", verifier: "127.0.0.1:3001", grpc: "127.0.0.1:3003", hosts: ["jira.corp"] };
const programs = [
  ...forwardPrograms(await readShippedForward(), FACTS),
  ...envoyPrograms(await readShippedEnvoy(), FACTS),
];

test("a gateway that trusts proxies is told that the files pass no list on; others are not", () => {
  const drawn = (wantsList: boolean) => html(<ProgramConfiguration programs={programs} wantsList={wantsList} />);
  expect(drawn(true)).toMatch(/one address.*refuses every request.*\(400\).*#trusted-proxies/s);
  expect(drawn(false)).not.toContain("one address");
});
