import { expect, test } from "vitest";
import { report } from "./report";

const configuration = { url: "https://tokens.example.com", verifierPlaintext: false };
const database = { portalUrl: "postgresql://latchkey_portal:hunter2@127.0.0.1:40273/latchkey", embedded: true };
const addresses = {
  portal: "http://127.0.0.1:3000",
  verifier: "http://127.0.0.1:3001",
  grpc: "grpc://127.0.0.1:3003",
  management: "http://127.0.0.1:3002",
};

test("a start says one line for each address, and the set-up link as long as there is no admin", () => {
  expect(report(configuration, database, addresses, "abc")).toEqual([
    "",
    "Latchkey is ready.",
    "  Portal      https://tokens.example.com (served at http://127.0.0.1:3000)",
    "  Verifier    http://127.0.0.1:3001",
    "  gRPC        grpc://127.0.0.1:3003",
    "  Management  http://127.0.0.1:3002",
    "  Database    postgresql://127.0.0.1:40273/latchkey (embedded)",
    "",
    "Set up the first administrator within an hour: https://tokens.example.com/setup#abc",
    "",
  ]);
});

test("with an admin there is no link", () => {
  expect(report(configuration, database, addresses, null).join("\n")).not.toContain("/setup");
});

test("no password is said", () => {
  expect(report(configuration, database, addresses, null).join("\n")).not.toContain("hunter2");
});

test("the public address alone is enough where it is where the portal listens", () => {
  const local = { url: "http://localhost:3000", verifierPlaintext: false };
  expect(report(local, database, addresses, null)).toContain("  Portal      http://localhost:3000");
  const proxied = { url: "http://localhost:8080", verifierPlaintext: false };
  expect(report(proxied, database, addresses, null)).toContain(
    "  Portal      http://localhost:8080 (served at http://127.0.0.1:3000)",
  );
});

test("clear text to other machines is said at every start", () => {
  expect(report({ ...configuration, verifierPlaintext: true }, database, addresses, null)[0]).toContain("in clear");
});
