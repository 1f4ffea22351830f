import { STATUSES, type Status } from "#lib/tokens/status";
import type { Role } from "#lib/users/user";
import { type AddressQuery, listHref, single } from "../../ui/list-address";

/** What the page is called: with a role it shows everybody's tokens, to others those that they manage. */
export const managerTitle = (role: Role): string => (role === "user" ? "Tokens you manage" : "Token manager");

/** A view of the token manager: the statuses it asks for. */
export type View = { readonly key: string; readonly label: string; readonly statuses: readonly Status[] };

const NOT_ENDED: readonly Status[] = STATUSES.filter((status) => !["revoked", "denied", "expired"].includes(status));

export const VIEWS: readonly View[] = [
  { key: "not-ended", label: "Not ended", statuses: NOT_ENDED },
  { key: "expiring", label: "Expiring", statuses: ["expiring"] },
  { key: "suspended", label: "Suspended", statuses: ["suspended"] },
  { key: "rotating", label: "Rotating", statuses: ["rotating"] },
  { key: "orphaned", label: "Owner gone", statuses: ["orphaned"] },
  { key: "ended", label: "Ended", statuses: ["revoked", "denied", "expired"] },
  { key: "all", label: "All", statuses: [] },
];

const [FIRST] = VIEWS;

export type ManagerState = { readonly view: View; readonly q: string; readonly cursor: string | null };

/** What the URL of the token manager asks for. It is shared and typed by hand, so whatever makes no sense is left out. */
export function managerState(query: AddressQuery): ManagerState {
  const view = VIEWS.find((each) => each.key === single(query.view)) ??
    FIRST ?? { key: "all", label: "All", statuses: [] };
  const q = single(query.q).slice(0, 200);
  const cursor = single(query.cursor);
  return { view, q, cursor: cursor.length > 0 && cursor.length <= 500 ? cursor : null };
}

/** The address of a view, a search or a page; defaults are left out, so that addresses stay short. */
export function managerHref({ view, q, cursor }: { view: string; q: string; cursor?: string | null }): string {
  return listHref("/admin/tokens", { view: view === FIRST?.key ? "" : view, q, cursor });
}
