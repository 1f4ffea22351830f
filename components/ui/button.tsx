"use client";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon } from "./icon";
import { useHydrated } from "./use-hydrated";

type Props = ComponentProps<"button"> & ButtonLook & { busy?: string | false; scriptless?: boolean };

/**
 * Our button. `busy` is what it says while it works (*Rotating …*): it keeps its width, turns a circle and takes no
 * second press, but stays focusable, so that nobody loses their place. Until the page's script runs it takes no press:
 * that would be lost, or would send a form, and a password in it, the browser's own way. `scriptless` is for forms
 * whose answer is an address: those work without a script.
 */
export function Button(props: Props) {
  const {
    look,
    size,
    block,
    busy = false,
    scriptless = false,
    className = "",
    children,
    onClick,
    type,
    ...rest
  } = props;
  const waits = !useHydrated() && !scriptless;
  return (
    <button
      {...rest}
      disabled={waits || rest.disabled}
      data-waits={waits && !rest.disabled ? "" : undefined}
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
