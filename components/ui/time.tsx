import type { ReactNode } from "react";
import { exactly, type Reader } from "./time-words";

/** A time in words; the exact one, in the reader's zone, on hover. */
export function Time({ at, reader, children }: { at: string; reader: Reader; children: ReactNode }) {
  return (
    <time dateTime={at} title={exactly(Date.parse(at), reader)}>
      {children}
    </time>
  );
}
