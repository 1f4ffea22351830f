import {
  BookOpen,
  Boxes,
  KeyRound,
  KeySquare,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  Network,
  Route,
  Router as RouterIcon,
  ScrollText,
  Settings,
  UserCog,
  Users,
} from "lucide-react";
import type { Role } from "#lib/users/user";

/** Who is signed in, as the frame shows them. */
export type Person = {
  readonly displayName: string;
  readonly username: string;
  readonly role: Role;
  /** Whether they manage tokens of others: by their role, by a delegation, or as a maintainer. */
  readonly manages: boolean;
};

export type Place =
  | "overview"
  | "tokens"
  | "manager"
  | "people"
  | "policies"
  | "delegations"
  | "networks"
  | "applications"
  | "gateways"
  | "explain"
  | "audit"
  | "settings"
  | "help"
  | "account";
export type Entry = { readonly place: Place; readonly href: string; readonly label: string; readonly icon: LucideIcon };
export type EntryGroup = { readonly title: string | null; readonly entries: readonly Entry[] };

const OVERVIEW: Entry = { place: "overview", href: "/overview", label: "Overview", icon: LayoutDashboard };

const YOURS: readonly Entry[] = [
  { place: "tokens", href: "/tokens", label: "My tokens", icon: KeyRound },
  { place: "help", href: "/help", label: "How to use tokens", icon: BookOpen },
];

/** Explain, as somebody asks for it who has no role. */
const REFUSED: Entry = { place: "explain", href: "/admin/explain", label: "Why was I refused?", icon: Route };

const ADMINISTER: readonly Entry[] = [
  OVERVIEW,
  { place: "manager", href: "/admin/tokens", label: "Token manager", icon: KeySquare },
  { place: "people", href: "/admin/users", label: "People and groups", icon: Users },
  { place: "policies", href: "/admin/policies", label: "Policies", icon: Layers },
  { place: "delegations", href: "/admin/delegations", label: "Delegations", icon: UserCog },
  { place: "networks", href: "/admin/networks", label: "Networks", icon: Network },
  { place: "applications", href: "/admin/applications", label: "Applications", icon: Boxes },
  { place: "gateways", href: "/admin/gateways", label: "Gateways", icon: RouterIcon },
  { place: "explain", href: "/admin/explain", label: "Explain", icon: Route },
  { place: "audit", href: "/admin/audit", label: "Audit log", icon: ScrollText },
  { place: "settings", href: "/admin/settings", label: "Settings", icon: Settings },
];

const MANAGED: Entry = { place: "manager", href: "/admin/tokens", label: "Tokens you manage", icon: KeySquare };

/** The sidebar: only what exists and what they may open; *Yours* stays for administrators. */
export function entriesFor({ role, manages }: Pick<Person, "role" | "manages">): readonly EntryGroup[] {
  if (role === "user") {
    const [tokens, ...rest] = YOURS;
    const mine = [...(tokens ? [tokens] : []), ...(manages ? [MANAGED] : []), OVERVIEW, REFUSED, ...rest];
    return [{ title: null, entries: mine }];
  }
  return [
    { title: "Administer", entries: ADMINISTER },
    { title: "Yours", entries: YOURS },
  ];
}

/** Pages that stand in no sidebar, for everybody. */
const ELSEWHERE = [
  { href: "/tokens/new", label: "New token" },
  { href: "/account", label: "Your account" },
  { href: "/help/refusals", label: "What refusals mean" },
  { href: "/help/api", label: "The API" },
];

/** Every page that somebody may go to by its name. */
export function pagesOf(person: Pick<Person, "role" | "manages">): { href: string; label: string; detail: string }[] {
  const entries = entriesFor(person).flatMap((group) => group.entries);
  return [...entries, ...ELSEWHERE].map(({ href, label }) => ({ href, label, detail: "" }));
}

/** What somebody is here, below their name. */
export const roleWords: Record<Role, string> = { user: "User", auditor: "Auditor", admin: "Administrator" };
