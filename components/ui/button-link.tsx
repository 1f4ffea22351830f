import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";

type Props = Omit<ComponentProps<typeof Link>, "prefetch"> & ButtonLook;

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function ButtonLink({ look, size, block, className = "", ...rest }: Props) {
  return <Link prefetch={false} {...rest} className={`${buttonClass({ look, size, block })} ${className}`} />;
}
