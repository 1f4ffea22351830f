import { Columns3 } from "lucide-react";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Unfolding } from "../../ui/unfolding";
import { COLUMN_KEYS, COLUMN_LABELS } from "./column-keys";
import { MANAGER, type ManagerState, managerParameters } from "./filter";

/** Which columns the table has, in a form whose answer is an address: saved and shared with the rest of it. */
export function ColumnChoice({ state }: { state: ManagerState }) {
  const { column: _chosen, ...kept } = managerParameters(state);
  return (
    <Unfolding className="group/columns relative max-desk:hidden">
      <summary className="inline-flex h-(--control-sm) list-none items-center gap-1.5 rounded-sm px-2.5 text-sm font-medium text-fg-2 hover:bg-surface-3 hover:text-fg">
        <Icon of={Columns3} size={14} />
        Columns
      </summary>
      <form
        action={MANAGER}
        className="absolute right-0 z-(--z-popover) mt-1 grid w-[220px] gap-1 rounded-lg border border-border bg-raised p-3 shadow-3"
      >
        {Object.entries(kept).flatMap(([name, value]) =>
          [value ?? []]
            .flat()
            .filter((each) => each !== "")
            .map((each) => <input key={`${name} ${each}`} type="hidden" name={name} value={each} />),
        )}
        {COLUMN_KEYS.map((key) => (
          <label key={key} className="flex min-h-7 items-center gap-2 text-sm">
            <input
              type="checkbox"
              name="column"
              value={key}
              defaultChecked={state.columns.includes(key)}
              className="size-4 accent-(--accent)"
            />
            {COLUMN_LABELS[key]}
          </label>
        ))}
        <Button type="submit" scriptless look="primary" size="sm" className="mt-1.5">
          Show these
        </Button>
      </form>
    </Unfolding>
  );
}
