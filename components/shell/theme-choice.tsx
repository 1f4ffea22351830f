"use client";
import { useEffect, useState } from "react";
import { Segmented } from "../ui/segmented";
import { keepCookie } from "./cookie";
import { THEME_COOKIE } from "./preferences";

const OPTIONS = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Tells other choosers on the page what was chosen in one. */
const CHOSEN = "latchkey-theme";

/**
 * The choice is a cookie that the server reads before it draws: no flash, and no inline script for the CSP to allow.
 * @param name another for each that stands on a page
 */
export function ThemeChoice({ theme, name = "theme" }: { theme: string | undefined; name?: string }) {
  const [chosen, setChosen] = useState(theme ?? "system");
  useEffect(() => {
    const follow = () => setChosen(document.documentElement.dataset.theme ?? "system");
    window.addEventListener(CHOSEN, follow);
    return () => window.removeEventListener(CHOSEN, follow);
  }, []);
  const choose = (value: string) => {
    keepCookie(THEME_COOKIE, value === "system" ? null : value);
    if (value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    window.dispatchEvent(new Event(CHOSEN));
  };
  return <Segmented name={name} label="Theme" options={OPTIONS} value={chosen} onChange={choose} />;
}
