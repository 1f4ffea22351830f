import { initialsOf } from "./initials";

/** Initials in a round field; decoration beside a name that is written out. */
export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  const size = small ? "size-[22px] tracking-[-.03em]" : "size-7";
  return (
    <span
      aria-hidden="true"
      className={`grid flex-none place-items-center rounded-full bg-surface-3 text-xs font-medium text-fg-2 ${size}`}
    >
      {initialsOf(name)}
    </span>
  );
}
