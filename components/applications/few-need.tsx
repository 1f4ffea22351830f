import type { ApplicationKind } from "#lib/applications/application";
import { PRESET_CREDENTIALS, PRESET_USERNAMES } from "#lib/applications/rules";
import { fieldError, type Problem } from "../api/problem";
import { Disclosure } from "../ui/disclosure";
import { ExceptionFields } from "./exception-fields";
import { RequestFields } from "./request-fields";
import { TokenFields } from "./token-fields";

/** What the wizard folds away, by where it stands in the body. */
const FOLDED = ["credentials", "usernames", "paths", "readPacks", "pathFilter", "webSocket", "preflight"];

const PRESETS = {
  ...{ credentials: PRESET_CREDENTIALS, usernames: PRESET_USERNAMES, paths: [], introspectRestricted: false },
  ...{ readPacks: [], pathFilter: {}, webSocket: false, preflight: false },
} as const;

/** What a new application may say besides, with presets that fit nearly all. */
export function FewNeed({ kind, problem }: { kind: ApplicationKind; problem: Problem | null }) {
  const isWrong = FOLDED.some((path) => fieldError(problem, path) !== undefined);
  return (
    <>
      <ExceptionFields exceptions={{}} problem={problem} />
      <Disclosure title="How tokens come, and unusual requests" aside="few need it" open={isWrong || undefined}>
        <div className="grid gap-5 px-[18px] pb-4">
          <TokenFields application={PRESETS} problem={problem} />
          <RequestFields kind={kind} application={PRESETS} problem={problem} />
        </div>
      </Disclosure>
    </>
  );
}
