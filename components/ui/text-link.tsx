import Link from "next/link";
import type { ComponentProps } from "react";

/** A link inside a sentence: underlined, because colour alone says nothing. */
export function TextLink({ className = "", ...rest }: Omit<ComponentProps<typeof Link>, "prefetch">) {
  return <Link prefetch={false} {...rest} className={`underlined ${className}`} />;
}
