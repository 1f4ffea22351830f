import { expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { claimedName, REDACTED } from "./claimed-name";

const PREFIXES = { prefix: "lk", retiredPrefixes: ["old"] };
const claim = (name: string) => claimedName(name, PREFIXES);

test("names are kept as they were claimed", () => {
  const names = [
    "fred",
    "fred@corp.example",
    "DOM\\fred",
    "svc-jira-sync-production-2024",
    "Åsa Öberg",
    "anne-marie.van-der-berg2",
    "x-token-auth",
  ];
  expect(names.map(claim)).toEqual(names);
});

test("whatever looks like a secret is not", () => {
  const secrets = [
    newSecret(),
    newSecret("old"),
    "lk_short",
    "LK_MANGLED",
    "eyJhbGciOiJIUzI1NiJ9.e30.abc",
    "ghp_abcdefghijklmnop",
    "glpat-xyz",
    "ATATT3xFfGF0abc",
    "d41d8cd98f00b204e9800998ecf8427e",
    "NjQ2MDAyOTU1NTI3OsdwQ8q4",
    "0190d4a5-0000-7abc-8def-0000000000a1",
    "a".repeat(65),
  ];
  expect(secrets.map(claim)).toEqual(secrets.map(() => REDACTED));
});

test("no name is no claim", () => {
  expect(claim("")).toBeNull();
});
