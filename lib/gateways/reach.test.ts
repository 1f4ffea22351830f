import { expect, test } from "vitest";
import { outOfReach, reachOf } from "./reach";

const at = (bind: string, port = 3001, tls: Parameters<typeof reachOf>[0]["tls"] = null) =>
  reachOf({ bind, port, tls });

test("a gateway finds the verifier on its socket, at its address, or on this machine where it listens everywhere", () => {
  expect(at("unix:/run/latchkey")).toEqual({ address: "unix:/run/latchkey/verifier.sock", by: "socket" });
  expect(at("unix:/run/latchkey/").address).toBe("unix:/run/latchkey/verifier.sock");
  const grpc = reachOf({ bind: "unix:/run/latchkey", port: 3003, tls: null }, "grpc");
  expect(grpc.address).toBe("unix:/run/latchkey/grpc.sock");
  expect(at("127.0.0.1")).toEqual({ address: "127.0.0.1:3001", by: "clear" });
  expect([at("0.0.0.0", 4001).address, at("::").address]).toEqual(["127.0.0.1:4001", "127.0.0.1:3001"]);
  expect(at("::1").address).toBe("[::1]:3001");
});

test("it speaks TLS where the verifier has a certificate, and shows its own where the verifier asks for one", () => {
  expect(at("10.0.0.5", 3001, {}).by).toBe("tls");
  expect(at("10.0.0.5", 3001, { clientCa: undefined }).by).toBe("tls");
  expect(at("10.0.0.5", 3001, { clientCa: "/tls/ca.pem" }).by).toBe("mutual");
});

test("programs that a verifier is out of reach of say so, and what to do; every other way is in reach of all", () => {
  const others = ["Caddy", "HAProxy", "Apache httpd", "Envoy, gRPC", "Envoy, HTTP", "Kong"];
  const noSocket = ["Traefik", "Istio", "ingress-nginx", "Apache APISIX"];
  const noCertificate = ["Apache APISIX", "Kong"];
  for (const program of [...others, ...noSocket]) {
    for (const by of ["clear", "tls"] as const)
      expect(outOfReach(program, { address: "10.0.0.5:3001", by })).toBeNull();
    const socket = outOfReach(program, at("unix:/run/latchkey"));
    if (noSocket.includes(program)) expect(socket).toMatch(/socket.* Set VERIFIER_BIND/);
    else expect(socket).toBeNull();
    const mutual = outOfReach(program, { address: "10.0.0.5:3001", by: "mutual" });
    if (noCertificate.includes(program)) expect(mutual).toMatch(/certificate.* Unset VERIFIER_TLS_CLIENT_CA/);
    else expect(mutual).toBeNull();
  }
});
