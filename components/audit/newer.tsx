"use client";
import { useEffect, useState } from "react";
import { request } from "../api/request";
import { TextLink } from "../ui/text-link";

type Props = {
  /** The newest event on the page. */
  seq: string;
  /** The filter, as the API has it. */
  query: string;
  href: string;
};

/**
 * Says how many events came since, when somebody comes back to the page. It never asks by itself: a page that asks on
 * and on would keep a session from ending.
 */
export function NewerEvents({ seq, query, href }: Props) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      const path = `/api/v1/audit-events?limit=100&cursor=-${seq}${query === "" ? "" : `&${query}`}` as const;
      const found = await request<{ items: readonly unknown[] }>("GET", path);
      if (found.ok) setCount(found.value.items.length);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [seq, query]);
  return (
    <p role="status" className="mb-3 text-sm empty:hidden">
      {count > 0 && <TextLink href={href}>{count === 100 ? "100 or more" : count} newer</TextLink>}
    </p>
  );
}
