import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Input, Select } from "../ui/input";
import { isNarrowed, type UserListState, userListHref } from "./user-filter";

type Option = readonly [value: string, label: string];

const STATUS: readonly Option[] = [
  ["", "Any status"],
  ["active", "Active"],
  ["deactivated", "Deactivated"],
];
const ROLE: readonly Option[] = [
  ["", "Any role"],
  ["admin", "Administrators"],
  ["auditor", "Auditors"],
  ["user", "Without a role"],
];
const MAINTAINER: readonly Option[] = [
  ["", "Maintained or not"],
  ["none", "Nobody maintains it"],
];

/** A GET form: every filter is in the address, so it can be shared, and works without a script. */
export function UserFilters({ state }: { state: UserListState }) {
  const { q, kind, sort } = state;
  return (
    <form action="/admin/users" className="flex flex-wrap items-center gap-2 max-desk:*:flex-1">
      {Object.entries({ q, kind, sort }).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Choice name="status" label="Status" options={STATUS} value={state.status} />
      {kind !== "service" && <Choice name="role" label="Role" options={ROLE} value={state.role} />}
      {kind === "service" && (
        <Choice name="maintainer" label="Maintainers" options={MAINTAINER} value={state.maintainer} />
      )}
      <span className="w-44">
        <Input
          name="group"
          aria-label="Group"
          placeholder="In group …"
          defaultValue={state.group}
          maxLength={400}
          autoComplete="off"
          spellCheck={false}
          className="h-(--control-sm) text-sm"
        />
      </span>
      <Button type="submit" scriptless size="sm" className="max-desk:h-10">
        Filter
      </Button>
      {isNarrowed(state) && (
        <ButtonLink
          look="quiet"
          size="sm"
          className="max-desk:h-10"
          href={userListHref(state, { q: "", status: "", role: "", group: "", maintainer: "" })}
        >
          Clear filters
        </ButtonLink>
      )}
    </form>
  );
}

type ChoiceProps = { name: string; label: string; options: readonly Option[]; value: string };

function Choice({ name, label, options, value }: ChoiceProps) {
  return (
    <Select name={name} aria-label={label} defaultValue={value} className="h-(--control-sm) min-w-36 text-sm">
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </Select>
  );
}
