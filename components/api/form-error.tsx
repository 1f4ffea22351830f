import { Note } from "../ui/note";
import { generalError, type Problem } from "./problem";

/** What is wrong with the whole form. It can take focus, so that it is read out when no field is to blame. */
export function FormError({ problem, shown }: { problem: Problem | null; shown: readonly string[] }) {
  const sentence = generalError(problem, shown);
  // the confirmation is asked for in a dialog of its own
  if (!sentence || problem?.code === "step_up_required") return null;
  return (
    <div role="alert" tabIndex={-1} data-form-error="" className="outline-none">
      <Note tone="danger">
        {problem?.code === "unauthenticated" ? <SessionOver /> : sentence}
        {problem?.requestId && <span className="mono block text-xs text-fg-2">{problem.requestId}</span>}
      </Note>
    </div>
  );
}

/** Somebody took longer than the session lasts: nothing that they typed is lost. */
function SessionOver() {
  return (
    <>
      Your session has ended.{" "}
      <a href="/sign-in" target="_blank" rel="noreferrer" className="underlined">
        Sign in again in another tab
      </a>
      , then come back: what you typed is still here.
    </>
  );
}
