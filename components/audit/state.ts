import type { AuditFilter } from "#lib/audit/parameters";
import { type AddressQuery, listHref, single } from "../ui/list-address";
import { DAY_MS } from "../ui/time-words";
import { endOfDay } from "../ui/zoned";

export const HERE = "/admin/audit";

/** What the address of the log says, as typed. `from` and `to` are days of the reader's calendar, both included. */
export type AuditState = Readonly<Record<keyof AuditFilter | "cursor", string>>;

const LONGEST = 255;

export function auditState(query: AddressQuery): AuditState {
  const of = (name: string) => single(query[name]).slice(0, LONGEST);
  return {
    ...{ q: of("q"), actor: of("actor"), subject: of("subject"), action: of("action") },
    ...{ from: of("from"), to: of("to"), cursor: of("cursor") },
  };
}

export const auditHref = (state: Partial<AuditState>): string => listHref(HERE, state);

/** Whether anything is looked for. */
export const isFiltered = ({ cursor: _cursor, ...filter }: AuditState): boolean =>
  Object.values(filter).some((value) => value !== "");

/** The same as the API's filter has it: days become instants, what is no day becomes nothing. */
export function auditFilterOf({ from, to, ...rest }: AuditState, zone: string): AuditState {
  const iso = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
  const dayBefore = (date: string) => {
    const at = Date.parse(`${date}T00:00:00Z`);
    return Number.isNaN(at) ? "" : new Date(at - DAY_MS).toISOString().slice(0, 10);
  };
  const before = endOfDay(dayBefore(from), zone);
  const last = endOfDay(to, zone);
  return { ...rest, from: iso(before && before + 1000), to: iso(last && last + 1000) };
}
