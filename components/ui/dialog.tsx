"use client";
import { X } from "lucide-react";
import * as Radix from "radix-ui/dialog";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button";
import { giveBack, takeOver } from "./give-back";
import { Icon } from "./icon";
import { lendNonce } from "./nonce";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  about?: ReactNode;
  /** `alertdialog` for what cannot be undone: a press outside does not close it. */
  role?: "dialog" | "alertdialog";
  foot?: ReactNode;
  children: ReactNode;
};

function focusFirst(box: HTMLElement | null): boolean {
  const first = box?.querySelector<HTMLElement>("[data-focus-first]");
  first?.focus();
  return Boolean(first);
}

/**
 * A question with its facts; on phones a sheet from below. Focus starts on what carries `data-focus-first` (the
 * gentle answer), stays inside, and returns to the button that opened it. Where what had the focus makes room for
 * something else (a secret for the question before it), it goes to what carries `data-focus-first` then.
 */
export function Dialog({ open, onOpenChange, title, about, role = "dialog", foot, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    const now = document.activeElement;
    if (box.current && (now === null || now === document.body || now === box.current)) focusFirst(box.current);
  });
  lendNonce();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-(--z-dialog) grid animate-[fade_var(--normal)_var(--ease)] place-items-center overflow-y-auto bg-overlay p-4 max-desk:place-items-end max-desk:p-0">
          <Radix.Content
            ref={box}
            role={role}
            {...(about ? {} : { "aria-describedby": undefined })}
            onPointerDownOutside={role === "alertdialog" ? (event) => event.preventDefault() : undefined}
            onOpenAutoFocus={(event) => {
              opener.current = takeOver();
              if (focusFirst(box.current)) event.preventDefault();
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              giveBack(opener.current);
            }}
            className="flex max-h-[calc(100dvh-32px)] w-[min(600px,100%)] animate-[rise_var(--normal)_var(--ease)] flex-col overflow-hidden rounded-xl border border-border bg-raised shadow-3 outline-none max-desk:max-h-[94dvh] max-desk:w-full max-desk:animate-[sheet_var(--normal)_var(--ease)] max-desk:rounded-b-none"
          >
            <div className="flex gap-3 px-6 pt-5 max-desk:px-4 max-desk:pt-[18px]">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-lg font-semibold [overflow-wrap:anywhere]">{title}</Radix.Title>
                {about && (
                  <Radix.Description className="text-sm text-fg-2 [overflow-wrap:anywhere]">{about}</Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <Button look="quiet" size="icon-sm" aria-label="Close">
                  <Icon of={X} />
                </Button>
              </Radix.Close>
            </div>
            <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] gap-4 overflow-y-auto px-6 pt-3.5 pb-5 max-desk:gap-3 max-desk:px-4 max-desk:pt-3 max-desk:pb-4">
              {children}
            </div>
            {foot && (
              <div className="flex flex-wrap items-center gap-2 border-border border-t bg-surface-2 px-6 py-3.5 max-desk:px-4 max-desk:py-3 dark:bg-surface max-desk:[&>button]:flex-1">
                {foot}
              </div>
            )}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
