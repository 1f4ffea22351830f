import { failed, type ProbeResult, passed, unknown } from "./probe";
import { type Silence, silenceWords } from "./reply";

/** What came of a connection, to which nothing was said. */
export type Knock =
  | { readonly kind: "open"; readonly here: boolean }
  | { readonly kind: "shut"; readonly here: boolean; readonly why: "closed" | "timeout" | "unreachable" }
  | { readonly kind: "not-asked"; readonly why: Silence };

const SHUT = {
  closed: "refuses connections",
  timeout: "does not answer",
  unreachable: "cannot be reached",
} as const;

/** The application's own port is closed to others than its gateway. @param where host and port; null: nobody said where */
export function judgePort(knock: Knock | null, where: string | null): ProbeResult {
  if (knock === null || where === null) {
    return unknown("port", "Not asked: write the application’s own address, by which other machines would find it.");
  }
  if (knock.kind === "not-asked") return unknown("port", silenceWords({ ...knock, kind: "silent", code: "" }, where));
  if (knock.kind === "open") {
    return knock.here
      ? unknown(
          "port",
          `${where} is open, seen from this machine, which is that very machine. Only from another one can be seen whether it is closed.`,
        )
      : failed(
          "port",
          `${where} is open, seen from this machine: whoever reaches it goes round the gateway. Close it.`,
        );
  }
  return knock.here && knock.why === "closed"
    ? unknown("port", `${where} refuses connections on this machine. Write the address by which others would find it.`)
    : passed("port", `${where} ${SHUT[knock.why]}, seen from this machine.`);
}
