import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon } from "./icon";

type Props = ComponentProps<"button"> & ButtonLook & { busy?: string | false };

/**
 * Our button. `busy` is what it says while it works (*Rotating …*): it keeps its width, turns a circle and takes no
 * second press, but stays focusable, so that nobody loses their place.
 */
export function Button({ look, size, block, busy = false, className = "", children, onClick, type, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      aria-busy={busy ? true : undefined}
      aria-disabled={busy ? true : undefined}
      className={`${buttonClass({ look, size, block })} ${className}`}
    >
      {busy === false ? (
        children
      ) : (
        <span className="grid items-center justify-items-center">
          <span aria-hidden="true" className="invisible col-start-1 row-start-1 inline-flex items-center gap-[7px]">
            {children}
          </span>
          <span className="col-start-1 row-start-1 inline-flex items-center gap-[7px]">
            <Icon of={LoaderCircle} className="animate-spin" />
            {busy}
          </span>
        </span>
      )}
    </button>
  );
}
