import { describe, expect, test } from "vitest";
import { refuseHost } from "./host";

const URL_ = "https://tokens.example.com";

describe("a request is for this portal", () => {
  test.each([
    "tokens.example.com",
    "Tokens.Example.COM",
    "tokens.example.com.",
    "tokens.example.com:443",
    "localhost",
    "localhost:3000",
    "127.0.0.1:3000",
    "10.0.0.5",
    "[::1]:3000",
    "[2001:db8::1]",
  ])("when it says Host: %s", (host) => {
    expect(refuseHost([host], "POST", "/api/v1/tokens", URL_)).toBeNull();
  });

  test("also with the port of its public address, and only with that", () => {
    const url = "https://tokens.example.com:8443";
    expect(refuseHost(["tokens.example.com:8443"], "POST", "/api", url)).toBeNull();
    expect(refuseHost(["tokens.example.com"], "POST", "/api", url)).toMatchObject({ status: 421 });
  });
});

describe("a foreign host", () => {
  test.each([
    "evil.example",
    "tokens.example.com.evil.example",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "0x7f.1",
    "foo.localhost",
  ])("%s leads readers to the public address, and writers nowhere", (host) => {
    expect(refuseHost([host], "GET", "/tokens?a=b", URL_)).toMatchObject({
      status: 307,
      headers: { location: "https://tokens.example.com/tokens?a=b" },
    });
    expect(refuseHost([host], "HEAD", "/", URL_)).toMatchObject({ status: 307 });
    expect(refuseHost([host], "POST", "/api/v1/tokens", URL_)).toMatchObject({ status: 421 });
  });

  test.each([
    [[]],
    [[""]],
    [["a b"]],
    [["tokens.example.com", "evil.example"]],
    [["user@tokens.example.com"]],
    [["tokens.example.com:99999x"]],
    [["tokens.example.com/x"]],
  ])("that is no single host is refused: %j", (hosts) => {
    expect(refuseHost(hosts, "GET", "/", URL_)).toMatchObject({ status: 400 });
  });
});
