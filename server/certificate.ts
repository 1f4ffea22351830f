import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContextOptions, type Server, type TlsOptions } from "node:tls";
import type { Log } from "#lib/log";
import { messageOf, StartFailure } from "./start-failure";

/** Where a certificate, its key and the authorities of clients are. With the last, clients must show a certificate too. */
export type TlsFiles = { readonly cert: string; readonly key: string; readonly clientCa: string | undefined };

/** A certificate that servers use, and that changes beneath them: connections that there are go on. */
export type Certificate = {
  /** What a server is made with. */
  readonly options: () => TlsOptions;
  /** Gives a server every later certificate too. @returns the server */
  readonly serve: <T extends Server>(server: T) => T;
  /** Reads the files again. What is no good is told, and the one before stays. */
  readonly reload: () => void;
};

type Read = { readonly text: string; readonly context: SecureContextOptions; readonly validTo: string };

const HANDSHAKE_TIMEOUT_MS = 10_000;
const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function fileOf(variable: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new StartFailure(`${variable} names ${path}, which cannot be read (${messageOf(thrown)}): correct it.`);
  }
}

function certificatesIn(variable: string, path: string, text: string): X509Certificate[] {
  try {
    const found = (text.match(BLOCK) ?? []).map((block) => new X509Certificate(block));
    if (found.length > 0) return found;
  } catch {
    // Said below: one that cannot be read is as good as none.
  }
  throw new StartFailure(`${variable} names ${path}, which holds no certificate that can be read: it must be PEM.`);
}

function keyIn(path: string, text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw new StartFailure(
      `VERIFIER_TLS_KEY names ${path}, which holds no private key that can be read: it must be PEM, without a passphrase.`,
    );
  }
}

/** Reads the files and sees whether they belong together. Throws a StartFailure that says which does not. */
function readTogether(files: TlsFiles): Read {
  const cert = fileOf("VERIFIER_TLS_CERT", files.cert);
  const key = fileOf("VERIFIER_TLS_KEY", files.key);
  const ca = files.clientCa === undefined ? undefined : fileOf("VERIFIER_TLS_CLIENT_CA", files.clientCa);
  const [own] = certificatesIn("VERIFIER_TLS_CERT", files.cert, cert);
  if (!own?.checkPrivateKey(keyIn(files.key, key))) {
    throw new StartFailure(
      `VERIFIER_TLS_KEY (${files.key}) is not the key of the first certificate in VERIFIER_TLS_CERT (${files.cert}).`,
    );
  }
  if (ca !== undefined) certificatesIn("VERIFIER_TLS_CLIENT_CA", files.clientCa ?? "", ca);
  const context = { cert, key, ...(ca === undefined ? {} : { ca }) };
  try {
    createSecureContext(context);
  } catch (thrown) {
    throw new StartFailure(`The certificate of VERIFIER_TLS_CERT cannot be used (${messageOf(thrown)}): replace it.`);
  }
  return { text: [cert, key, ca].join("\0"), context, validTo: own.validTo };
}

/** Opens a certificate. Throws a StartFailure that says what is wrong with its files. */
export function openCertificate(files: TlsFiles, log: Log): Certificate {
  let read = readTogether(files);
  let complaint: string | undefined;
  const servers = new Set<Server>();
  const reload = () => {
    try {
      const again = readTogether(files);
      complaint = undefined;
      if (again.text === read.text) return;
      read = again;
      for (const server of servers) server.setSecureContext(read.context);
      log.info("verifier.certificate_changed", { validTo: read.validTo });
    } catch (thrown) {
      if (!(thrown instanceof StartFailure)) throw thrown;
      if (thrown.message !== complaint) log.error("verifier.certificate_refused", { why: thrown.message });
      complaint = thrown.message;
    }
  };
  const mutual = files.clientCa !== undefined;
  return {
    reload,
    options: () => ({
      ...read.context,
      ...{ handshakeTimeout: HANDSHAKE_TIMEOUT_MS, requestCert: mutual, rejectUnauthorized: mutual },
    }),
    serve(server) {
      servers.add(server);
      return server;
    },
  };
}
