import { describe, expect, it } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { isOwn } from "#lib/probes/guard";
import { ownPlaces, resolveDoor } from "./resolve";

const bound = (port: number) => ({ bind: "127.0.0.1", port });
const PLACES = {
  ...{ portal: bound(3000), verifier: bound(3001), management: bound(3002) },
  ...{ databaseUrl: "postgresql://a:b@127.0.0.1:54321/latchkey" },
  ...{ databaseOwnerUrl: "postgresql://a:b@192.0.2.9/latchkey", databaseVerifierUrl: undefined },
};
const at = (text: string) => parseAddress(text) ?? { family: 4 as const, value: 0 };

describe("a door", () => {
  it("is resolved to one address, by name or as written", async () => {
    const own = await ownPlaces(PLACES);
    expect(await resolveDoor({ host: "localhost", port: 8443 }, own)).toEqual(at("127.0.0.1"));
    expect(await resolveDoor({ host: "[::1]", port: 8443 }, own)).toEqual(at("::1"));
    expect(await resolveDoor({ host: "198.51.100.7", port: 8443 }, own)).toEqual(at("198.51.100.7"));
  });

  it("that has no address is not found", async () => {
    expect(await resolveDoor({ host: "nowhere.invalid", port: 443 }, await ownPlaces(PLACES))).toBe("unresolved");
  });

  it("is kept out of where nothing is asked, also when the number is spelled oddly", async () => {
    const own = await ownPlaces(PLACES);
    for (const host of ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "0.0.0.0", "[::]"]) {
      expect(await resolveDoor({ host, port: 80 }, own), host).toBe("kept-out");
    }
    // What a resolver makes of these differs; none of them may get there.
    for (const host of ["0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "0"]) {
      expect(await resolveDoor({ host, port: 80 }, own), host).toBeTypeOf("string");
    }
  });

  it("of ours is not asked, by whatever name of this machine", async () => {
    const own = await ownPlaces(PLACES);
    for (const port of [3000, 3001, 3002, 54_321]) {
      for (const host of ["localhost", "127.0.0.1", "127.0.0.77", "[::1]"]) {
        expect(await resolveDoor({ host, port }, own), `${host}:${port}`).toBe("own");
      }
    }
    expect(await resolveDoor({ host: "192.0.2.9", port: 5432 }, own)).toBe("own");
  });
});

describe("the installation's own places", () => {
  it("have its database, wherever its address says it is, and at its usual port", async () => {
    const { doors, ports } = await ownPlaces({
      ...PLACES,
      databaseUrl: "postgresql://a:b@ignored/latchkey?host=192.0.2.20&port=6432",
      databaseOwnerUrl: "postgresql://a:b@[2001:db8::1]/latchkey",
    });
    expect(doors).toEqual([
      { address: "192.0.2.20", port: 6432 },
      { address: "2001:db8::1", port: 5432 },
    ]);
    expect(ports).toEqual([3000, 3001, 3002]);
  });

  it("have none for a database behind a socket in a folder", async () => {
    const url = "postgresql://a:b@ignored/latchkey?host=/var/run/postgresql";
    const own = await ownPlaces({ ...PLACES, databaseUrl: url, databaseOwnerUrl: url });
    expect(own.doors).toEqual([]);
    expect(isOwn(at("127.0.0.1"), 3001, own)).toBe(true);
  });
});
