import { ListSearch } from "../../shell/list-search";

/** Looks through all of the help. The words are in the address, so that what was found can be shared. */
export function HelpSearch({ q }: { q: string }) {
  return <ListSearch action="/help" q={q} label="Search the help" placeholder="Search the help" />;
}
