import { BookOpen, KeyRound, KeySquare, type LucideIcon, Network } from "lucide-react";
import type { Role } from "#lib/users/user";

/** Who is signed in, as the frame shows them. */
export type Person = { readonly displayName: string; readonly username: string; readonly role: Role };

export type Place = "tokens" | "manager" | "networks" | "help" | "account";
export type Entry = { readonly place: Place; readonly href: string; readonly label: string; readonly icon: LucideIcon };
export type EntryGroup = { readonly title: string | null; readonly entries: readonly Entry[] };

const YOURS: readonly Entry[] = [
  { place: "tokens", href: "/tokens", label: "My tokens", icon: KeyRound },
  { place: "help", href: "/help", label: "How to use tokens", icon: BookOpen },
];

const ADMINISTER: readonly Entry[] = [
  { place: "manager", href: "/admin/tokens", label: "Token manager", icon: KeySquare },
  { place: "networks", href: "/admin/networks", label: "Networks", icon: Network },
];

/** The sidebar: only what exists and what the role may open; *Yours* stays for administrators. */
export function entriesFor(role: Role): readonly EntryGroup[] {
  if (role === "user") return [{ title: null, entries: YOURS }];
  return [
    { title: "Administer", entries: ADMINISTER },
    { title: "Yours", entries: YOURS },
  ];
}

/** What somebody is here, below their name. */
export const roleWords: Record<Role, string> = { user: "User", auditor: "Auditor", admin: "Administrator" };
