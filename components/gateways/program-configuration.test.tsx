import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { envoyPrograms } from "#lib/gateways/envoy-files";
import { forwardPrograms } from "#lib/gateways/forward-files";
import { readShippedEnvoy, readShippedForward } from "#lib/gateways/store-shipped";
import { ProgramConfiguration } from "./program-configuration";

const FACTS = {
  gatewayKey: "gw1",
  verifier: "127.0.0.1:3001",
  grpc: "127.0.0.1:3003",
  hosts: ["jira.corp"],
  proxies: [],
};
const programs = [
  ...forwardPrograms(await readShippedForward(), FACTS),
  ...envoyPrograms(await readShippedEnvoy(), FACTS),
];

test("who trusts proxies is warned beside the programs that tell one address, and beside no others", () => {
  for (const program of programs) {
    const drawn = (wantsList: boolean) => html(<ProgramConfiguration programs={[program]} wantsList={wantsList} />);
    const warned = /one address.*refused \(400\).*#trusted-proxies/s;
    if (["Envoy, gRPC", "Istio"].includes(program.name)) expect(drawn(true)).toMatch(warned);
    else expect(drawn(true)).not.toMatch(warned);
    expect(drawn(false)).not.toMatch(warned);
  }
});
