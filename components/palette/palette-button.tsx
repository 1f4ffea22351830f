"use client";
import { Search } from "lucide-react";
import { useSyncExternalStore } from "react";
import { buttonClass } from "../ui/button-class";
import { Icon } from "../ui/icon";
import { useHydrated } from "../ui/use-hydrated";
import { askForPalette } from "./opening";

const never = () => () => undefined;
const onMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the palette: wide in the sidebar, with the keys that do the same, or as an icon. */
export function PaletteButton({ small = false }: { small?: boolean }) {
  const hydrated = useHydrated();
  const isMac = useSyncExternalStore(never, onMac, () => false);
  if (small) {
    return (
      <button
        type="button"
        disabled={!hydrated}
        aria-label="Go to, or find"
        aria-haspopup="dialog"
        onClick={askForPalette}
        className={buttonClass({ look: "quiet", size: "icon" })}
      >
        <Icon of={Search} />
      </button>
    );
  }
  return (
    <button
      type="button"
      disabled={!hydrated}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={askForPalette}
      className="flex h-(--control-sm) w-full items-center gap-2 rounded-sm border border-border-control bg-surface px-2 text-sm text-fg-2 hover:text-fg"
    >
      <Icon of={Search} size={14} />
      Go to, or find
      <span aria-hidden="true" className="ml-auto text-xs text-fg-3">
        {isMac ? "⌘K" : "Ctrl K"}
      </span>
    </button>
  );
}
