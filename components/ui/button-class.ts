import { cva, type VariantProps } from "class-variance-authority";

/** How a button looks; links that act as buttons wear the same. */
export const buttonClass = cva(
  "inline-flex flex-none items-center justify-center gap-[7px] whitespace-nowrap rounded-sm border font-medium leading-none no-underline transition-colors duration-(--fast) ease-out hover:no-underline data-waits:cursor-progress disabled:not-data-waits:border-transparent disabled:not-data-waits:bg-surface-3 disabled:not-data-waits:text-fg-disabled disabled:not-data-waits:shadow-none",
  {
    variants: {
      look: {
        primary: "border-transparent bg-accent text-on-accent shadow-1 hover:bg-accent-hover active:bg-accent-active",
        secondary: "border-border-2 bg-surface text-fg shadow-1 hover:border-border-control hover:bg-hover",
        quiet: "border-transparent text-fg-2 hover:bg-surface-3 hover:text-fg",
        "quiet-red": "border-transparent text-danger-fg hover:bg-danger-bg",
        "secondary-red":
          "border-border-2 bg-surface text-danger-fg shadow-1 hover:border-danger-line hover:bg-danger-bg",
        danger: "border-transparent bg-danger text-on-danger shadow-1 hover:bg-danger-hover",
      },
      size: {
        sm: "h-(--control-sm) px-[9px] text-sm max-desk:h-10",
        md: "h-(--control) px-3 text-sm max-desk:h-10",
        lg: "h-(--control-lg) px-4 text-base",
        icon: "size-(--control) text-sm max-desk:size-10",
        "icon-sm": "size-(--control-sm) text-sm max-desk:size-10",
      },
      block: { true: "w-full", false: "" },
    },
    defaultVariants: { look: "secondary", size: "md", block: false },
  },
);

export type ButtonLook = VariantProps<typeof buttonClass>;
