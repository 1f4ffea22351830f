import { Disclosure } from "../ui/disclosure";

export type Chapter = { readonly id: string; readonly title: string };

type Props = { chapters: readonly Chapter[]; more: readonly { href: string; label: string }[] };

/** The help at a glance, beside it on wide screens, folded above it on narrow ones. */
export function Contents({ chapters, more }: Props) {
  const list = (
    <ul className="grid gap-px">
      {chapters.map(({ id, title }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            className="block rounded-sm px-2 py-1 text-sm text-fg-2 no-underline hover:bg-surface-3 hover:text-fg hover:no-underline max-desk:py-2.5"
          >
            {title}
          </a>
        </li>
      ))}
      {more.map(({ href, label }) => (
        <li key={href}>
          <a href={href} className="block rounded-sm px-2 py-1 text-sm max-desk:py-2.5">
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <nav
      aria-label="On this page"
      className="-m-1 self-start p-1 wide:sticky wide:top-9 wide:max-h-[calc(100dvh-72px)] wide:overflow-y-auto"
    >
      <div className="max-wide:hidden">{list}</div>
      <div className="wide:hidden">
        <Disclosure title="On this page">
          <div className="border-border border-t p-2">{list}</div>
        </Disclosure>
      </div>
    </nav>
  );
}
