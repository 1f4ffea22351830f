import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import type { Program } from "#lib/gateways/configuration";
import { envoyPrograms } from "#lib/gateways/envoy-files";
import { forwardPrograms } from "#lib/gateways/forward-files";
import { readShippedEnvoy, readShippedForward } from "#lib/gateways/store-shipped";
import { TELL_NAMED, WITHOUT_WEB_SOCKET } from "#lib/gateways/tells";
import { tokenNames } from "#lib/gateways/token-names";
import { ProgramConfiguration } from "./program-configuration";

const FACTS = {
  gatewayKey: "gw1",
  verifier: { address: "127.0.0.1:3001", by: "clear" as const },
  grpc: { address: "127.0.0.1:3003", by: "clear" as const },
  applications: [{ key: "jira", routes: [{ host: "jira.corp", context: "" }] }],
  names: tokenNames([]),
  proxies: [],
};
/** The page of one program. */
const drawnOf = (program: Program, { webSocket }: { readonly webSocket: readonly string[] }): string =>
  html(<ProgramConfiguration programs={[program]} conditions={[]} webSocket={webSocket} wantsList={false} />);
const forward = await readShippedForward();
const programs = [...forwardPrograms(forward, FACTS), ...envoyPrograms(await readShippedEnvoy(), FACTS)];

test("of a program that cannot reach the verifier its page says what to do, and shows no files that would not work", () => {
  const onSocket = { ...FACTS, verifier: { address: "unix:/run/latchkey/verifier.sock", by: "socket" as const } };
  const drawn = (facts: typeof onSocket | typeof FACTS) =>
    forwardPrograms(forward, facts).map((program) =>
      html(<ProgramConfiguration programs={[program]} conditions={[]} webSocket={[]} wantsList={false} />),
    );
  const says = drawn(onSocket).map((page) => [page.includes("Set VERIFIER_BIND="), page.includes("/etc/")]);
  expect(says).toEqual([
    [false, true],
    [false, true],
    [false, true],
    [true, false],
    [true, false],
    [false, true],
  ]);
  expect(drawn(FACTS).join()).not.toContain("Set VERIFIER_BIND=");
});

test("who trusts proxies is warned beside the programs that tell one address, and beside no others", () => {
  for (const program of programs) {
    const drawn = (wantsList: boolean) =>
      html(<ProgramConfiguration programs={[program]} conditions={[]} webSocket={[]} wantsList={wantsList} />);
    const warned = /one address.*refused \(400\).*#trusted-proxies/s;
    if (["Envoy, gRPC", "Istio", "Apache APISIX", "Kong"].includes(program.name)) expect(drawn(true)).toMatch(warned);
    else expect(drawn(true)).not.toMatch(warned);
    expect(drawn(false)).not.toMatch(warned);
  }
});

test("beside a program that tells one address stand those that pass a list on, of the same adapter", () => {
  const drawn = html(
    <ProgramConfiguration programs={forwardPrograms(forward, FACTS)} conditions={[]} webSocket={[]} wantsList />,
  );
  expect(drawn).not.toContain("one address"); // of the first tab, which passes one on
  const [apisix] = forwardPrograms(forward, FACTS).filter(({ tellsOne }) => tellsOne);
  const [caddy] = forwardPrograms(forward, FACTS);
  if (apisix === undefined || caddy === undefined) throw new Error("A program is missing");
  expect(html(<ProgramConfiguration programs={[apisix, caddy]} conditions={[]} webSocket={[]} wantsList />)).toContain(
    "Take <i>Caddy</i>",
  );
});

test("what is said of programs that tell headers by name is said of these and of no others", () => {
  const said = new Set(["Envoy, HTTP", "Istio", "Traefik", "Apache APISIX"]);
  expect(
    programs
      .filter(({ tellsNamed }) => tellsNamed)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...said].toSorted());
  for (const name of said) expect(TELL_NAMED).toContain(name.replace("Apache ", "").replace(", ", " by "));
});

test("where tokens may open a WebSocket, those say so behind which none opens: the ones that the form names", () => {
  const closed = ["Envoy, HTTP", "Envoy, gRPC", "Istio", "Traefik", "Apache APISIX"];
  for (const program of programs) {
    const says = (...webSocket: string[]) =>
      drawnOf(program, { webSocket }).includes("tokens open no WebSocket, though");
    const isClosed = closed.includes(program.name);
    expect([program.name, says("jira"), says()]).toEqual([program.name, isClosed, false]);
    const called = program.name.replace("Apache ", "").replace(/, .*/, "");
    expect([program.name, WITHOUT_WEB_SOCKET.includes(called)]).toEqual([program.name, isClosed]);
  }
});

test("who tells headers by name says which tokens ask for, and that one more needs the file anew; no other program does", () => {
  for (const program of programs) {
    const drawn = (conditions: readonly string[]) =>
      html(<ProgramConfiguration programs={[program]} conditions={conditions} webSocket={[]} wantsList={false} />);
    const named = ["Traefik", "Apache APISIX", "Envoy, HTTP", "Istio"].includes(program.name);
    expect([program.name, drawn(["x-team", "x-job"]).includes("x-team, x-job")]).toEqual([program.name, named]);
    expect([program.name, drawn([]).includes("put the file in place anew")]).toEqual([program.name, named]);
  }
});
