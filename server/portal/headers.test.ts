import { describe, expect, test } from "vitest";
import {
  contentSecurityPolicy,
  distinctOf,
  isForeign,
  isHashedAsset,
  securityHeaders,
  valuesOf,
  withoutForeign,
} from "./headers";

describe("request headers", () => {
  test.each([
    "x-middleware-prefetch",
    "X-Middleware-Subrequest",
    "x-nextjs-data",
    "X-Matched-Path",
    "x-invoke-path",
    "Next-Action",
    "x-forwarded-for",
    "X-Forwarded-Host",
    "Forwarded",
    "X-Real-IP",
    "X-Latchkey-Peer",
    "x-original-uri",
    "X-HTTP-Method-Override",
    "Content-Security-Policy",
    "content-security-policy-report-only",
  ])("%s does not come from clients", (name) => {
    expect(isForeign(name)).toBe(true);
    expect(withoutForeign([name, "1", "Accept", "*/*"])).toEqual(["Accept", "*/*"]);
  });

  test.each([
    "accept",
    "cookie",
    "authorization",
    "origin",
    "sec-fetch-site",
    "rsc",
    "next-router-state-tree",
    "next-url",
    "content-type",
    "x-api-token",
  ])("%s does", (name) => {
    expect(isForeign(name)).toBe(false);
  });

  test("are found in every spelling and number", () => {
    const raw = ["Host", "a", "HOST", "b", "Accept", "host"];
    expect(valuesOf(raw, "host")).toEqual(["a", "b"]);
    expect(distinctOf(raw)).toEqual({ host: ["a", "b"], accept: ["host"] });
  });
});

describe("response headers", () => {
  test("let no inline script run without the nonce, and nobody frame or re-base the page", () => {
    const policy = contentSecurityPolicy("abc", false);
    expect(policy).toContain("script-src 'self' 'nonce-abc';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    for (const closed of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(closed);
  });

  test("insist on https only where there is https", () => {
    expect(securityHeaders("x", true)).toHaveProperty("strict-transport-security");
    expect(securityHeaders("x", false)).not.toHaveProperty("strict-transport-security");
    expect(contentSecurityPolicy("abc", true)).toContain("upgrade-insecure-requests");
    expect(contentSecurityPolicy("abc", false)).not.toContain("upgrade-insecure-requests");
  });

  test("let only hashed files be cached", () => {
    expect(isHashedAsset("/_next/static/chunks/a1b2.js")).toBe(true);
    for (const path of ["/", "/tokens", "/api/v1/tokens", "/_next/image", "/_next/data/x.json", "/favicon.ico"]) {
      expect(isHashedAsset(path)).toBe(false);
    }
  });
});
