import { describe, expect, it } from "vitest";
import { networkName, networkView } from "./view";

const row = { id: "n1", name: "office", ranges: ["192.0.2.0/24"], createdAt: new Date(0), version: 1, secret: "x" };

describe("a network as shown", () => {
  it("tells everybody that it exists, and its ranges only to who may read them", () => {
    const name = { id: "n1", name: "office", createdAt: "1970-01-01T00:00:00.000Z", version: 1 };
    expect(networkName(row)).toEqual(name);
    expect(networkView(row)).toEqual({ ...name, ranges: ["192.0.2.0/24"] });
  });
});
