import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";

type Props = { at: string; calls: number; reader: Reader };

/** When something was last seen at an application, and how often so far. */
export function SeenLast({ at, calls, reader }: Props) {
  return (
    <>
      <Time at={at} reader={reader}>
        {ago(Date.parse(at), reader)}
      </Time>
      <span className="block text-xs text-fg-3 tabular-nums">
        {calls === 1 ? "once" : `${calls.toLocaleString("en")} times`}
      </span>
    </>
  );
}
