import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

// A passkey in software, so that tests can do what no real one does: sign for another origin, go back with its
// counter, leave out the user (WebAuthn §6.1; CBOR by hand, RFC 8949).

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const bytes = (value: Uint8Array) => Buffer.concat([Buffer.from([0x58, value.length]), value]);

export type Scene = {
  readonly challenge: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly verified?: boolean;
  readonly counter?: number;
};

/** A new passkey. Its counter goes up by one each time, unless the scene says otherwise. */
export function newPasskey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(32);
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  let count = 0;

  const head = ({ rpId = "localhost", verified = true, counter }: Scene, more: number) => {
    count = counter ?? count + 1;
    const number = Buffer.alloc(4);
    number.writeUInt32BE(count);
    return Buffer.concat([sha256(rpId), Buffer.from([0x01 | (verified ? 0x04 : 0) | more]), number]);
  };
  const client = (type: string, { challenge, origin = "http://localhost:3000" }: Scene) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const envelope = { id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key" as const };

  return {
    id: envelope.id,
    /** As `navigator.credentials.create` answers. */
    register(scene: Scene) {
      const coordinates = [x, y].map((each) => bytes(Buffer.from(each, "base64url")));
      const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = coordinates;
      const parts = [Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]), first, Buffer.from([0x22]), second];
      const length = Buffer.from([0, id.length]);
      const data = Buffer.concat([head(scene, 0x40), Buffer.alloc(16), length, id, ...parts]);
      const object = [Buffer.from([0xa3]), text("fmt"), text("none"), text("attStmt"), Buffer.from([0xa0])];
      const attestationObject = Buffer.concat([...object, text("authData"), bytes(data)]).toString("base64url");
      const clientDataJSON = client("webauthn.create", scene).toString("base64url");
      return { ...envelope, response: { clientDataJSON, attestationObject, transports: ["internal"] } };
    },
    /** As `navigator.credentials.get` answers. */
    assert(scene: Scene) {
      const [data, asked] = [head(scene, 0), client("webauthn.get", scene)];
      const signature = sign("sha256", Buffer.concat([data, sha256(asked)]), privateKey).toString("base64url");
      const [clientDataJSON, authenticatorData] = [asked.toString("base64url"), data.toString("base64url")];
      return { ...envelope, response: { clientDataJSON, authenticatorData, signature } };
    },
  };
}
