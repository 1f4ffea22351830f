import { ListFilter } from "lucide-react";
import { Button } from "../../ui/button";
import { Chip } from "../../ui/chip";
import { Icon } from "../../ui/icon";
import { Input, Select } from "../../ui/input";
import { Unfolding } from "../../ui/unfolding";
import type { ApplicationName } from "../token-words";
import { FIELDS, type FilterField, type FilterName } from "./fields";
import { MANAGER, type ManagerState, managerParameters } from "./filter";

type Props = { state: ManagerState; applications: readonly ApplicationName[] };

/** Every filter there is, in a form whose answer is an address: it works without a script too. */
export function FilterForm({ state, applications }: Props) {
  const { q = "", sort = "", column } = managerParameters(state);
  const entries = Object.entries(FIELDS) as [FilterName, FilterField][];
  return (
    <Unfolding className="group/filter relative max-desk:w-full">
      <summary className="inline-flex h-(--control-sm) list-none items-center gap-1.5 rounded-sm border border-border-control border-dashed px-2.5 text-sm text-fg-2 hover:bg-hover hover:text-fg max-desk:h-10">
        <Icon of={ListFilter} size={14} />
        Filter
      </summary>
      <form
        action={MANAGER}
        className="absolute left-0 z-(--z-popover) mt-1 grid max-h-[70dvh] w-[min(640px,calc(100vw-32px))] gap-3 overflow-y-auto rounded-lg border border-border bg-raised p-4 shadow-3 desk:grid-cols-2"
      >
        {q && <input type="hidden" name="q" value={q} />}
        {sort && <input type="hidden" name="sort" value={sort} />}
        {column.map((each) => (
          <input key={each} type="hidden" name="column" value={each} />
        ))}
        {entries.map(([name, field]) => (
          <Asked key={name} name={name} field={field} values={state.filter[name] ?? []} applications={applications} />
        ))}
        <div className="flex gap-2 desk:col-span-2">
          <Button type="submit" scriptless look="primary" name="view" value="all">
            Show
          </Button>
        </div>
      </form>
    </Unfolding>
  );
}

type AskedProps = {
  name: FilterName;
  field: FilterField;
  values: readonly string[];
  applications: readonly ApplicationName[];
};

function Asked({ name, field, values, applications }: AskedProps) {
  const choices =
    field.kind === "applications"
      ? applications.map(({ key, name: label }) => ({ value: key, label }))
      : (field.choices ?? []);
  if (field.kind === "choices" || field.kind === "applications") {
    return (
      <fieldset className="min-w-0 desk:col-span-2">
        <legend className="mb-1 text-sm font-medium">{field.label}</legend>
        <div className="flex flex-wrap gap-1.5">
          {choices.map(({ value, label }) => (
            <Chip key={value} kind="checkbox" name={name} value={value} defaultChecked={values.includes(value)}>
              {label}
            </Chip>
          ))}
        </div>
      </fieldset>
    );
  }
  const id = `filter-${name}`;
  const [value = ""] = values;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {field.label}
      </label>
      {field.kind === "choice" ? (
        <Select id={id} name={name} defaultValue={value}>
          <option value="">any</option>
          {choices.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          id={id}
          name={name}
          defaultValue={field.kind === "date" ? value.slice(0, 10) : value}
          maxLength={255}
          autoComplete="off"
          {...(field.kind === "date" && { type: "date" })}
          {...(field.kind === "days" && { type: "number", min: 1, max: 3650 })}
        />
      )}
    </div>
  );
}
