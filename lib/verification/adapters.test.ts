import { expect, test } from "vitest";
import { GATEWAY_ADAPTERS } from "#lib/gateways/gateway";
import { endpointAt } from "./adapters";

const at = (url: string, method = "GET") => {
  const endpoint = endpointAt(method, url);
  return endpoint === null ? null : [endpoint.adapter.name, endpoint.gatewayKey];
};

test("an authz endpoint takes any method and ignores its query", () => {
  expect(at("/v1/authz/nginx/gw1")).toEqual(["nginx", "gw1"]);
  expect(at("/v1/authz/nginx/gw-eu.1?gateway=gw2&a=/../", "PROPFIND")).toEqual(["nginx", "gw-eu.1"]);
});

test("verify is POST at exactly its URL", () => {
  expect(at("/v1/verify", "POST")).toEqual(["api", ""]);
  expect(at("/v1/verify")).toBeNull();
  for (const url of ["/v1/verify/", "/v1/verify?x", "//v1/verify", "/V1/verify", "/v1/verify/.."])
    expect(at(url, "POST")).toBeNull();
});

test("everything else is no endpoint, however it is written", () => {
  const others = [
    "",
    "/",
    "*",
    "/v1/authz/nginx",
    "/v1/authz/nginx/",
    "/v1/authz/nginx/gw1/",
    "/v1/authz/nginx/gw1/x",
    "/v1/authz/nginx/../verify",
  ];
  const more = [
    "/v1/authz/nginx/%67w1",
    "//v1/authz/nginx/gw1",
    "/v1/authz/../authz/nginx/gw1",
    "/v1/authz/forward/gw1/",
    "http://h/v1/authz/nginx/gw1",
  ];
  for (const url of [...others, ...more, "/healthz", `/v1/authz/nginx/${"a".repeat(65)}`, "/v1/authz/nginx/-x"])
    expect(at(url)).toBeNull();
});

test("every protocol has an endpoint of its own", () => {
  const endpoints = {
    nginx: "/v1/authz/nginx/gw1",
    forward: "/v1/authz/forward/gw1",
    envoy: "/v1/authz/envoy/gw1/x",
    api: "/v1/verify",
  };
  for (const name of GATEWAY_ADAPTERS) expect(at(endpoints[name], "POST")?.[0]).toBe(name);
});
