import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** What ties a control to its label, hint and error. Spread it onto the control. */
export type FieldTies = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

type Props = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: (ties: FieldTies) => ReactNode;
};

/** Label above, hint and error below, all tied by id. The error stands where the eye is, never only in a toast. */
export function Field({ id, label, hint, error, optional = false, children }: Props) {
  const described = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-[5px] block text-sm font-medium">
        {label} {optional && <span className="font-normal text-fg-3">(optional)</span>}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {hint && (
        <p id={`${id}-hint`} className="mt-[5px] text-xs text-fg-3">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a field or a group of choices, in one sentence. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} tabIndex={-1} data-form-error="" className="mt-[5px] flex gap-[5px] text-xs text-danger-fg outline-none">
      <Icon of={CircleAlert} size={14} className="mt-px" />
      <span>{children}</span>
    </p>
  );
}
