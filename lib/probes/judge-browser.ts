import type { ClassRule } from "#lib/applications/application";
import { reasonWords } from "#lib/verification/reasons";
import { failed, type ProbeResult, passed } from "./probe";
import { type Answered, isDead, type Reply, silenceWords, type ToldRefusal } from "./reply";

type Seen = {
  readonly reply: Reply;
  /** What a verifier told of the refusal whose request id came back. */
  readonly refusal: ToldRefusal | null;
  /** The application's rule for what comes without a credential. */
  readonly rule: ClassRule;
  readonly origin: string;
};

const SERVER_ERROR = 500;

const words = ({ reason }: ToldRefusal): string => {
  const { meaning, remedy } = reasonWords(reason);
  return `${meaning} ${remedy}`;
};

function judgeBlocked({ status }: Answered, refusal: ToldRefusal | null): ProbeResult {
  if (status === 401 && refusal?.reason === "credential_missing") {
    return passed("browser", "A request without a credential was refused with 401, as the application’s rule says.");
  }
  if (refusal !== null) return failed("browser", `A request without a credential got ${status}. ${words(refusal)}`);
  if (status === 401) {
    return {
      ...{ probe: "browser", outcome: "unknown" },
      sentence: "401 came, but no verifier told us of it: the application itself may ask for a log-in.",
    };
  }
  return failed(
    "browser",
    `The application’s rule refuses what comes without a credential, but ${status} came and nobody asked us. On the main host such requests are not asked about: use the API host.`,
  );
}

/**
 * A browser passes; or, where the rule blocks what brings no credential, it is we who refuse it.
 */
export function judgeBrowser({ reply, refusal, rule, origin }: Seen): ProbeResult {
  if (reply.kind === "silent") {
    const outcome = isDead(reply) ? "failed" : "unknown";
    return { probe: "browser", outcome, sentence: silenceWords(reply, origin) };
  }
  const { status } = reply;
  if (status >= SERVER_ERROR) {
    return failed(
      "browser",
      `The gateway answered ${status}: it does not reach the application, or the verifier. Look into its log.`,
    );
  }
  if (rule === "block") return judgeBlocked(reply, refusal);
  if (refusal !== null) return failed("browser", `A request without a credential got ${status}. ${words(refusal)}`);
  return passed("browser", `A request without a credential passed, and the application answered ${status}.`);
}
