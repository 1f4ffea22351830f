"use client";
import type { ComponentProps } from "react";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Note } from "../../ui/note";

type Props = Omit<ComponentProps<typeof Dialog>, "open" | "onOpenChange"> & {
  name: string;
  outcome: string | null;
  onClose: () => void;
};

/** A dialog that does something to a token. When it is done, but not everywhere yet, it says so and stays. */
export function ActionDialog({ name, outcome, onClose, title, foot, children, ...rest }: Props) {
  const done = outcome !== null;
  const close = (
    <Button className="ml-auto" data-focus-first="" onClick={onClose}>
      Close
    </Button>
  );
  return (
    <Dialog {...rest} open onOpenChange={onClose} title={done ? `“${name}”` : title} foot={done ? close : foot}>
      {done ? (
        <Note tone="warning" role="status">
          {outcome}
        </Note>
      ) : (
        children
      )}
    </Dialog>
  );
}
