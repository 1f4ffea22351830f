"use client";
import { useEffect, useState } from "react";

/** Dark on light in both themes: cameras expect it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [modules, setModules] = useState<readonly (readonly boolean[])[]>([]);
  useEffect(() => {
    let gone = false;
    void import("uqr").then(({ encode }) => {
      if (!gone) setModules(encode(text, { ecc: "M", border: 3 }).data);
    });
    return () => {
      gone = true;
    };
  }, [text]);
  const path = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  const size = modules.length || 1;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} className="size-[184px] flex-none rounded-md">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
