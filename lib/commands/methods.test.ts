import { describe, expect, it } from "vitest";
import { othersThan } from "./methods";

process.env.LATCHKEY_URL ??= "http://localhost:3000";
process.env.DATABASE_URL ??= "postgresql://nobody@127.0.0.1:1/none";
process.env.LATCHKEY_SECRET ??= "x".repeat(32);

const ask = (handler: (request: Request) => Promise<Response>, method: string) =>
  handler(new Request("http://localhost:3000/api/v1/x", { method }));

describe("a method that a route does not have", () => {
  it("is 405 with those that it has, as a problem", async () => {
    const { PUT } = othersThan("GET", "POST");
    const response = await ask(PUT, "PUT");
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST");
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      status: 405,
      code: "method_not_allowed",
      detail: "There is no PUT here. Use GET, HEAD, POST.",
    });
  });

  it("is told to who asks by OPTIONS, and no other origin is invited", async () => {
    const response = await ask(othersThan("PUT", "DELETE").OPTIONS, "OPTIONS");
    expect([response.status, response.headers.get("allow"), await response.text()]).toEqual([204, "PUT, DELETE", ""]);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("promises HEAD only where there is GET", async () => {
    const response = await ask(othersThan("DELETE").GET, "GET");
    expect(response.headers.get("allow")).toBe("DELETE");
  });
});
