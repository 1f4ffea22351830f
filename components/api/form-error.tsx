import { Note } from "../ui/note";
import { generalError, type Problem } from "./problem";

/** What is wrong with the whole form. It can take focus, so that it is read out when no field is to blame. */
export function FormError({ problem, shown }: { problem: Problem | null; shown: readonly string[] }) {
  const sentence = generalError(problem, shown);
  if (!sentence) return null;
  return (
    <div role="alert" tabIndex={-1} data-form-error="" className="outline-none">
      <Note tone="danger">
        {sentence}
        {problem?.requestId && <span className="mono block text-xs text-fg-2">{problem.requestId}</span>}
      </Note>
    </div>
  );
}
