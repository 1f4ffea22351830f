"use client";
import { useState } from "react";
import { Segmented } from "../ui/segmented";
import { keepCookie } from "./cookie";
import { THEME_COOKIE } from "./preferences";

const OPTIONS = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** The choice is a cookie that the server reads before it draws: no flash, and no inline script for the CSP to allow. */
export function ThemeChoice({ theme }: { theme: string | undefined }) {
  const [chosen, setChosen] = useState(theme ?? "system");
  const choose = (value: string) => {
    setChosen(value);
    keepCookie(THEME_COOKIE, value === "system" ? null : value);
    if (value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
  };
  return <Segmented name="theme" label="Theme" options={OPTIONS} value={chosen} onChange={choose} />;
}
