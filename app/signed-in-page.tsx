import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import type { Place } from "#components/shell/entries";
import { type Ability, can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { addressWithQuery, type Params, pathWith, type Query } from "./address";
import { requireViewer } from "./require-viewer";
import { SignedIn } from "./signed-in";

/** Who is asking for a page, and for what: `params` of its path, `query` as typed. */
export type Asked = { readonly viewer: SessionViewer; readonly params: Params; readonly query: Query };

/** Nobody by omission: everybody signed in, whoever has the ability, or whoever the function admits. */
type May = "everybody" | Ability | ((viewer: SessionViewer) => Promise<boolean>);

const WIDTHS = {
  /** Lists, and pages of one thing. */
  normal: "mx-auto max-w-[1064px]",
  /** A form or two. */
  narrow: "mx-auto max-w-[760px]",
  /** To the edges: the page pads itself. */
  full: null,
} as const;

type Page<Found> = {
  /** Its path under `app`, where somebody comes back to after signing in: `/tokens/[id]`. */
  readonly path: string;
  readonly may: May;
  /** What the page is about; null is not found, like everything that is not for this viewer. */
  readonly find: (asked: Asked) => Promise<Found | null>;
  /** Which entry of the sidebar is lit. */
  readonly here: Place | ((asked: Asked & { readonly found: Found }) => Place);
  readonly width?: keyof typeof WIDTHS;
  readonly draw: (asked: Asked & { readonly found: Found }) => ReactNode | Promise<ReactNode>;
};

type Next = { params: Promise<Params>; searchParams: Promise<Query> };

async function admits(may: May, viewer: SessionViewer): Promise<boolean> {
  if (may === "everybody") return true;
  return typeof may === "function" ? may(viewer) : can(viewer, may);
}

/**
 * A page of somebody signed in, in one order for all: who asks, may they, what is it about; only then the frame and what
 * is in it. Who may not is told that there is nothing.
 */
export function signedInPage<Found>({ path, may, here, width = "normal", find, draw }: Page<Found>) {
  return async ({ params, searchParams }: Next): Promise<ReactNode> => {
    const [given, query] = await Promise.all([params, searchParams]);
    const viewer = await requireViewer(addressWithQuery(pathWith(path, given), query));
    if (!(await admits(may, viewer))) notFound();
    const asked = { viewer, params: given, query };
    const found = await find(asked);
    if (found === null) notFound();
    const all = { ...asked, found };
    const look = WIDTHS[width];
    const drawn = await draw(all);
    return (
      <SignedIn viewer={viewer} here={typeof here === "function" ? here(all) : here} wide={look === null}>
        {look === null ? drawn : <div className={look}>{drawn}</div>}
      </SignedIn>
    );
  };
}

/** For pages that are about nothing in particular: lists, forms for something new. */
export const nothingToFind = async (): Promise<Record<string, never>> => ({});
