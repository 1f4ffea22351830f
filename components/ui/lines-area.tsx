import type { ComponentProps } from "react";
import { TextArea } from "./input";

type Props = ComponentProps<typeof TextArea> & {
  /** What stands in it first; a form that keeps the text itself gives `value` and `onChange`. */
  lines?: readonly string[] | undefined;
};

/** One thing a line, such as addresses or paths: nothing that a dictionary or an earlier form knows. */
export function LinesArea({ lines, ...rest }: Props) {
  const first = rest.value === undefined ? { defaultValue: lines?.join("\n") } : {};
  return <TextArea mono rows={3} maxLength={32_000} spellCheck={false} autoComplete="off" {...first} {...rest} />;
}
