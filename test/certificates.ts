import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { makeDirectory } from "./upstreams/workspace";

/** Certificates for tests, each its own authority, and files to keep them in. */
export type Pem = { readonly cert: string; readonly key: string };

/** A certificate for localhost and its two addresses, or for another name, that only who is told of it believes. */
export async function newCertificate(name = "localhost"): Promise<Pem> {
  const addresses = name === "localhost" ? ["127.0.0.1", "127.0.0.2"] : [];
  const numbers = addresses.map((ip) => ({ type: 7 as const, ip }));
  const { cert, private: key } = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: name }, ...numbers] }],
  });
  return { cert, key };
}

/** A folder in which files can be written again and again. */
export function certificateFolder() {
  const directory = makeDirectory("certificates");
  const path = (name: string) => join(directory.path, name);
  return {
    path,
    write: (files: Readonly<Record<string, string>>) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
    },
    remove: directory.remove,
  };
}
