import { expect, test } from "vitest";
import { decodeForm, parametersOf } from "./parameters";

test("names are decoded and folded, values are left as they came", () => {
  expect(parametersOf("_METHOD=DELETE&%5fmethod=put&a+b=%20")).toEqual([
    { name: "_method", raw: "DELETE" },
    { name: "_method", raw: "put" },
    { name: "a b", raw: "%20" },
  ]);
});

test("duplicates stay, nameless pairs go, a name alone has an empty value", () => {
  expect(parametersOf("a=1&a=2&&=x&b")).toEqual([
    { name: "a", raw: "1" },
    { name: "a", raw: "2" },
    { name: "b", raw: "" },
  ]);
  expect(parametersOf("")).toEqual([]);
});

test("a semicolon separates too, because some upstreams read it so", () => {
  expect(parametersOf("q=a;_method=DELETE").map(({ name }) => name)).toEqual(["q", "_method"]);
});

test("a value with a broken escape stays what it was", () => {
  expect(decodeForm("a%zz+b")).toBe("a%zz b");
  expect(decodeForm("a%20b+c")).toBe("a b c");
});

test("a value keeps its equals signs", () => {
  expect(parametersOf("token=abc==")).toEqual([{ name: "token", raw: "abc==" }]);
});
