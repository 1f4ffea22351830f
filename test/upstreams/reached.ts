import type { Reach } from "#lib/gateways/reach";
import { rewrite } from "./edit";

/** How a gateway of the tests reaches the verifier; without anything, on its port of the loopback in clear. */
export type Reached = {
  readonly reach?: Reach;
  /** Where the files are that the shipped configurations look for in /etc/latchkey. */
  readonly certificates?: string;
  /** Its own certificate for clients: then it speaks TLS and HTTP/2 to them as shipped, else HTTP/1.1 in clear. */
  readonly own?: Own;
};

/** Files of a certificate; the last has both, for HAProxy. */
export type Own = { readonly cert: string; readonly key: string; readonly both: string };

type Way = (text: string, reach: Reach) => string;

/** Does to shipped files what the portal does where a verifier is reached so, and fills in the names of certificates. */
export function reaching({ reach, certificates }: Reached, verifierPort: number, ways: Readonly<Record<string, Way>>) {
  const to = reach ?? { address: `127.0.0.1:${verifierPort}`, by: "clear" };
  for (const [file, way] of Object.entries(ways)) {
    rewrite(file, (text) => {
      const made = way(text, to);
      if (certificates === undefined) return made;
      const ours = made.replaceAll("abns@latchkey-verifier", `abns@latchkey-${process.pid}`);
      return ours.replaceAll("/etc/latchkey/", `${certificates}/`).replaceAll("verifier.example.com", "localhost");
    });
  }
}
