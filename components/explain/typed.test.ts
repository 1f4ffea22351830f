import { expect, test } from "vitest";
import { explainInput } from "#lib/verification/queries";
import { typedAddress, typedHeaders, typedRequest } from "./typed";

const TOKEN = "0190d4a5-0000-7000-8000-00000000000a";
const form = (some: Readonly<Record<string, string>>) => {
  const data = new FormData();
  const preset = { method: "GET", url: "https://jira.test/rest/x?q=1#top", clientIp: "192.0.2.1", headers: "" };
  for (const [name, value] of Object.entries({ ...preset, ...some })) data.set(name, value);
  return data;
};
const bodyOf = (some: Readonly<Record<string, string>>) => {
  const typed = typedRequest(form(some), "Europe/Berlin");
  return "body" in typed ? explainInput.parse(typed.body) : typed.path;
};

test("an address becomes scheme, host and path, its bytes untouched, without the fragment", () => {
  expect(typedAddress("HTTPS://Jira.test:8443/a/../b%2Fc?x=1#y")).toEqual({
    proto: "https",
    host: "Jira.test:8443",
    uri: "/a/../b%2Fc?x=1",
  });
  expect(typedAddress("http://jira.test")).toMatchObject({ uri: "/" });
  expect(typedAddress("http://jira.test?a=1")).toMatchObject({ uri: "/?a=1" });
  expect(typedAddress("jira.test/x")).toBeNull();
});

test("headers are one a line, repeated ones stay repeated, anything else is no header", () => {
  expect(typedHeaders("Accept: a\n\naccept: b:c \nAccept: d")).toEqual({ Accept: ["a", "d"], accept: ["b:c"] });
  expect(typedHeaders("what is this")).toBeNull();
});

test("a picked token is named by its id, a pasted one is sent as Bearer, and none stays none", () => {
  expect(bodyOf({ token: TOKEN, secret: "ignored" })).toMatchObject({ tokenId: TOKEN, headers: {} });
  expect(bodyOf({ token: "paste", secret: " s3cret " })).toMatchObject({
    headers: { Authorization: ["Bearer s3cret"] },
  });
  expect(bodyOf({ token: "" })).toMatchObject({ host: "jira.test", uri: "/rest/x?q=1", headers: {} });
  expect(bodyOf({ gateway: "gw1" })).toMatchObject({ gateway: "gw1" });
});

test("a time is the one of the reader's clock, and none is now", () => {
  expect(bodyOf({ at: "2027-02-18T06:30" })).toMatchObject({ at: Date.parse("2027-02-18T05:30:00Z") });
  expect(bodyOf({ at: "" })).not.toHaveProperty("at");
});

test("what cannot be asked says which field it is", () => {
  expect(bodyOf({ url: "jira" })).toBe("uri");
  expect(bodyOf({ headers: "nonsense" })).toBe("headers");
  expect(bodyOf({ at: "yesterday" })).toBe("at");
});
