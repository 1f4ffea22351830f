import { Search } from "lucide-react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Input } from "../ui/input";

/** Asks for a refused request by the id that its answer carried; the id is no secret, so it may stand in an address. */
export function PastForm({ requestId, id }: { requestId: string; id: string }) {
  return (
    <form action="/admin/explain" className="flex flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-72">
        <label htmlFor={id} className="mb-[5px] block text-sm font-medium">
          Request id from the refusal
        </label>
        <Input
          id={id}
          name="request"
          mono
          maxLength={64}
          defaultValue={requestId}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Button type="submit" scriptless>
        <Icon of={Search} />
        Look it up
      </Button>
    </form>
  );
}
